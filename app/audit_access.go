package app

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"pulih/tickets"
	"pulih/views"
)

const accessPath = auditPath + "/riwayat"

// accessRequests shows who waits for what is kept of him (PR-02).
func (a *App) accessRequests(c echo.Context) error { return a.showAccess(c, http.StatusOK, "") }

// askAccess writes down that somebody asked.
func (a *App) askAccess(c echo.Context) error {
	var f struct {
		NIP      string `form:"nip"`
		Reason   string `form:"dasar"`
		Document string `form:"dokumen"`
	}
	if err := bind(c, &f); err != nil {
		return err
	}
	reason := seekable(f.Reason)
	p, err := a.ownPerson(c, f.NIP)
	if err == nil && (len(reason) < 5 || tickets.NamesNIP(reason)) {
		err = wrongField("dasar", "Tulis nomor permohonan atau alasan, tanpa NIP.")
	}
	asking := tickets.Asking{Person: p.ID, Reason: reason, Document: f.Document}
	if err == nil && !asking.Seen() {
		err = wrongField("dokumen", "Lihat dokumen aslinya, lalu ketik nomornya.")
	}
	var id string
	if err == nil {
		id, err = a.Desk.AskAccess(c.Request().Context(), a.by(c), asking)
	}
	if errors.Is(err, tickets.ErrAccessOpen) {
		err = wrongField("nip", tickets.ErrAccessOpen.Text)
	}
	var mistake fieldMistake
	if errors.As(err, &mistake) {
		return a.showAccess(c, http.StatusUnprocessableEntity, reason, mistake.FieldError)
	}
	if err != nil {
		return err
	}
	return seeOther(c, accessPath+"/"+id)
}

func (a *App) showAccess(c echo.Context, status int, reason string, wrong ...views.FieldError) error {
	l := views.AuditAccess{Tabs: a.auditTabs(c, accessPath), Reason: reason}
	names, err := a.staffNames(c)
	if err != nil {
		return err
	}
	for _, part := range []struct {
		open  bool
		table *views.Table
	}{{true, &l.Open}, {false, &l.Past}} {
		all, err := a.Desk.AccessRequests(c.Request().Context(), a.by(c), part.open)
		if err != nil {
			return err
		}
		if l.More = l.More || len(all) > tickets.AccessShown; l.More {
			all = all[:min(len(all), tickets.AccessShown)]
		}
		*part.table = a.accessTable(all, names, part.open)
	}
	p := a.page(c, "Permintaan data pribadi")
	p.Path, p.Errors, p.Scripts = accessPath, wrong, []string{"nip.js"}
	return a.render(c, status, views.AuditAccessPage(p, l))
}

func (a *App) accessTable(all []tickets.Access, names map[string]string, open bool) views.Table {
	t := views.Table{Caption: "Sudah berakhir", Quiet: true, Head: []views.Column{
		{Text: "Diminta"}, {Text: "NIP"}, {Text: "Dasar"}, {Text: "Dicatat"}, {Text: "Keadaan"}}}
	if open {
		t.Caption = "Menunggu diserahkan"
	}
	for _, r := range all {
		badge := a.accessBadge(r)
		t.Rows = append(t.Rows, []views.Cell{
			{Text: r.AskedAt.Exact(a.Zone), Href: accessPath + "/" + r.ID}, {Text: r.MaskedNIP}, {Text: r.Reason}, {Text: nameOf(r.AskedBy, names)},
			{Body: views.Tag(badge.Tone, badge.Text)},
		})
	}
	return t
}

// accessBadge says how long is left of 3 x 24 hours.
func (a *App) accessBadge(r tickets.Access) views.Badge {
	left := r.DueAt().Sub(a.DB.Now())
	switch {
	case r.EndedAt > 0:
		return views.Badge{Tone: views.ToneWarn, Text: "Dihentikan " + r.EndedAt.Exact(a.Zone)}
	case r.HandedAt == 0 && r.Over(a.DB.Now()):
		return views.Badge{Tone: views.ToneNeutral, Text: "Tidak diambil"}
	case r.HandedAt > r.DueAt():
		return views.Badge{Tone: views.ToneWarn, Text: "Diserahkan terlambat " + span(r.HandedAt.Sub(r.DueAt()))}
	case r.HandedAt > 0:
		return views.Badge{Tone: views.ToneSuccess, Text: "Diserahkan " + r.HandedAt.Exact(a.Zone)}
	case left < 0:
		return views.Badge{Tone: views.ToneDanger, Text: "Lewat " + span(-left)}
	}
	return views.Badge{Tone: views.ToneWait, Text: "Sisa " + span(left)}
}

// accessRequest leads to handing one over.
func (a *App) accessRequest(c echo.Context) error { return a.showHandOver(c, http.StatusOK) }

func (a *App) showHandOver(c echo.Context, status int, wrong ...views.FieldError) error {
	ctx, by := c.Request().Context(), a.by(c)
	r, err := a.Desk.AccessRequest(ctx, by, c.Param("id"))
	if err != nil {
		return err
	}
	names, err := a.staffNames(c)
	if err != nil {
		return err
	}
	shown := views.AuditHandOver{State: a.accessBadge(r), Action: accessPath + "/" + r.ID, Rows: []views.Row{
		{Key: "NIP", Value: r.MaskedNIP}, {Key: "Dasar", Value: r.Reason}, {Key: "Diminta", Value: r.AskedAt.Long(a.Zone)},
		{Key: "Dicatat", Value: nameOf(r.AskedBy, names)}, {Key: "Batas", Value: r.DueAt().Long(a.Zone)}}}
	if err := a.Desk.MayHandOver(ctx, by, r.ID); err != nil {
		if shown.WhyNot = a.sentence(err); shown.WhyNot == "" {
			return err
		}
	}
	p := a.page(c, "Serahkan data pribadi")
	p.Back, p.Path, p.Errors = accessPath, accessPath+"/"+r.ID, wrong
	return a.render(c, status, views.AuditHandOverPage(p, shown))
}
