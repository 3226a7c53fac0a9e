package app

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"pulih/tickets"
	"pulih/views"
)

// addProof compares what the agent types from a document with the record, on
// the server; he learns match or no match, and nothing else (impostor 22).
func (a *App) addProof(c echo.Context) error {
	var f struct {
		Kind string `form:"jenis"`
		File string `form:"berkas,optional"` // where he looks at one
	}
	on, err := a.onTicket(c, &f)
	if err != nil {
		return err
	}
	form, err := proofForm(c, tickets.ProofKind(f.Kind))
	if err != nil {
		return a.proofAgain(c, on, f.File, err)
	}
	form.File = f.File
	proof, err := a.Desk.AddProof(c.Request().Context(), on.By, on.Number, on.Version, form)
	if err == nil && proof.Result == tickets.NoMatch {
		err = documentWrong(proof)
	}
	if err != nil {
		return a.proofAgain(c, on, f.File, err)
	}
	return seeOther(c, ticketAddress(on.Number)+"#bukti")
}

// proofAgain leaves who looked at a file with it, to correct what he typed.
func (a *App) proofAgain(c echo.Context, on onTicket, file string, why error) error {
	var mistake fieldMistake
	if file != "" && errors.As(why, &mistake) {
		return a.fileAgain(c, on, file, why)
	}
	return a.deskAgain(c, on, why)
}

// proofForm reads the fields of a kind. Each is posted under the kind's own
// name, because all forms stand on one page.
func proofForm(c echo.Context, kind tickets.ProofKind) (tickets.ProofForm, error) {
	form := tickets.ProofForm{Kind: kind, Typed: map[string]string{}}
	posted, err := postedForm(c)
	if err != nil || !slices.Contains(tickets.DocumentKinds, kind) {
		return form, ErrForm
	}
	for _, field := range append(kind.Fields(), tickets.ProofField{Key: "cara", Optional: true}) {
		name := proofField(kind, field.Key)
		value, err := single(posted[name], field.Optional)
		if err != nil {
			return form, err
		}
		if value = strings.TrimSpace(value); value == "" && !field.Optional {
			return form, wrongField(name, "Ketik "+strings.ToLower(field.Label)+" seperti pada dokumen.")
		}
		if why := field.Unreadable(value); value != "" && why != "" {
			return form, wrongField(name, why)
		}
		form.Typed[field.Key] = value
	}
	if form.How = tickets.How(form.Typed["cara"]); form.How == "" {
		return form, wrongField(proofField(kind, "cara"), "Pilih cara Anda melihat dokumennya.")
	}
	delete(form.Typed, "cara")
	return form, nil
}

func proofField(kind tickets.ProofKind, key string) string { return string(kind) + "-" + key }

// documentWrong belongs to the form, not to a field: the answer is blind. The
// form of a document that is spent is gone from the page.
func documentWrong(p tickets.Proof) error {
	switch {
	case p.Twice && p.Left > 0:
		return wrongField(proofField(p.Kind, "nomor"), "Nomor ini sudah dicatat untuk dokumen lain. Sisa percobaan: "+strconv.Itoa(p.Left)+".")
	case p.Left > 0:
		return wrongField(string(p.Kind), notMatching(p.Left))
	case p.Other:
		return wrongField("", "Percobaan untuk dokumen ini habis. Pakai dokumen lain, atau layani di loket.")
	}
	return wrongField("", notMatching(0))
}

func notMatching(left int) string {
	if left == 0 {
		return "Tidak cocok. Percobaan habis: layani di loket dengan dokumen asli."
	}
	return "Tidak cocok dengan data kepegawaian. Sisa percobaan: " + strconv.Itoa(left) + "."
}

func (a *App) withdrawProof(c echo.Context) error {
	return a.act(c, nil, func(ctx context.Context, on onTicket) (tickets.Ticket, error) {
		return a.Desk.WithdrawProof(ctx, on.By, on.Number, on.Version, c.Param("bukti"))
	})
}

// callCode answers with the code itself: it is read out on the call that is
// going on, and shown once.
func (a *App) callCode(c echo.Context) error {
	var f struct {
		Phone string `form:"telepon-nomor"`
	}
	on, err := a.onTicket(c, &f)
	if err != nil {
		return err
	}
	if f.Phone == "" {
		return a.deskAgain(c, on, wrongField("telepon-nomor", "Ketik nomor dari data kepegawaian (SIASN)."))
	}
	code, err := a.Desk.CallCode(c.Request().Context(), on.By, on.Number, on.Version, f.Phone)
	if err == nil && !code.Match {
		err = wrongField("telepon-nomor", notMatching(code.Left))
	}
	if err != nil {
		return a.deskAgain(c, on, err)
	}
	return a.deskWith(c, on, http.StatusOK, deskExtra{Code: &code})
}

func (a *App) readOut(code tickets.CallCode) *views.ReadOut {
	return &views.ReadOut{Code: code.Code.Grouped(),
		Text: "Bacakan di telepon. Pemohon mengetiknya di halaman status, sebelum " + code.Until.Hour(a.Zone) + "."}
}
