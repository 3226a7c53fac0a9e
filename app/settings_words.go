package app

import (
	"errors"
	"strings"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/tickets"
	"pulih/views"
)

var proposalTitles = map[accounts.ProposalKind]string{
	accounts.AddingStaff: "Petugas baru", accounts.ChangingRoles: "Peran petugas",
	accounts.ChangingUnits: "Unit petugas", accounts.ReissuingStaff: "Aktivasi ulang petugas",
}

func proposalTitle(p accounts.Proposal) string {
	if title := proposalTitles[p.Kind]; title != "" {
		return title
	}
	return titled(tickets.SettingName(p.Kind).Label())
}

func (a *App) proposalLine(p accounts.Proposal) views.ProposalLine {
	return views.ProposalLine{Title: proposalTitle(p), Href: proposalPath(p.ID),
		Text: "Diusulkan " + p.ProposedName + ", " + p.ProposedAt.Exact(a.Zone) + ". Menunggu sampai " + p.Until().Long(a.Zone) + "."}
}

func (a *App) proposalMoment(p accounts.Proposal) views.Moment {
	badge := a.proposalBadge(p)
	m := views.Moment{Title: proposalTitle(p) + ": " + strings.ToLower(badge.Text), Tone: badge.Tone, By: "diusulkan " + p.ProposedName}
	at := p.Until()
	switch {
	case p.ConfirmedAt != 0:
		at, m.By = p.ConfirmedAt, m.By+", dikonfirmasi "+p.ConfirmedName
	case p.EndedAt != 0:
		at, m.By = p.EndedAt, m.By+", diakhiri "+p.EndedName
	}
	m.When, m.At = at.Exact(a.Zone), machine(at)
	return m
}

func (a *App) proposalBadge(p accounts.Proposal) views.Badge {
	switch {
	case p.ConfirmedAt != 0:
		return views.Badge{Tone: views.ToneSuccess, Text: "Dikonfirmasi"}
	case p.EndedAt != 0:
		return views.Badge{Tone: views.ToneNeutral, Text: "Diakhiri"}
	case !p.Waits(a.DB.Now()):
		return views.Badge{Tone: views.ToneNeutral, Text: "Kedaluwarsa"}
	}
	return views.Badge{Tone: views.ToneWait, Text: "Menunggu konfirmasi"}
}

func (a *App) proposalPeople(p accounts.Proposal) []views.Row {
	rows := []views.Row{{Key: "Diusulkan", Value: p.ProposedName + ", " + p.ProposedAt.Long(a.Zone)}}
	if p.ConfirmedAt != 0 {
		rows = append(rows, views.Row{Key: "Dikonfirmasi", Value: p.ConfirmedName + ", " + p.ConfirmedAt.Long(a.Zone)})
	}
	if p.EndedAt != 0 {
		rows = append(rows, views.Row{Key: "Diakhiri", Value: p.EndedName + ", " + p.EndedAt.Long(a.Zone)})
	}
	return rows
}

// proposalRows are what is proposed, and what holds now.
func (a *App) proposalRows(c echo.Context, p accounts.Proposal) (wanted, holds []views.Row, err error) {
	if p.Kind.Staff() {
		return a.staffProposalRows(c, p)
	}
	name := tickets.SettingName(p.Kind)
	if wanted, err = a.settingRows(name, p.Value); err != nil {
		return nil, nil, err
	}
	now, err := a.Desk.SettingNow(c.Request().Context(), a.by(c), name)
	if err != nil || now.Version == 0 {
		return wanted, []views.Row{{Key: "Pengaturan", Value: "Belum diatur. Yang berlaku bawaan instalasi."}}, err
	}
	holds, err = a.settingRows(name, now.Value)
	return wanted, holds, err
}

func (a *App) staffProposalRows(c echo.Context, p accounts.Proposal) (wanted, holds []views.Row, err error) {
	wish, err := p.StaffWish()
	if err != nil {
		return nil, nil, err
	}
	if p.Kind == accounts.AddingStaff {
		return []views.Row{
			{Key: "Nama", Value: wish.Name}, {Key: "NIP", Body: views.Number(accounts.Group(wish.NIP))},
			{Key: "Email", Value: string(wish.Email)}, {Key: "Peran", Value: roleWords(wish.Roles)}, {Key: "Unit", Value: unitWords(wish.Units)},
		}, nil, nil
	}
	m, err := a.Accounts.MemberOf(c.Request().Context(), p.Agency, p.Object)
	if err != nil {
		return nil, nil, err
	}
	who := []views.Row{{Key: "Nama", Value: m.Name}, {Key: "NIP", Body: views.Number(accounts.Group(m.NIP))}}
	switch p.Kind {
	case accounts.ChangingRoles:
		return append(who, views.Row{Key: "Peran", Value: roleWords(wish.Roles)}), []views.Row{{Key: "Peran", Value: roleWords(m.Roles)}}, nil
	case accounts.ChangingUnits:
		return append(who, views.Row{Key: "Unit", Value: unitWords(wish.Units)}), []views.Row{{Key: "Unit", Value: unitWords(m.Units)}}, nil
	}
	return append(who, views.Row{Key: "Akibat", Value: "Kata sandi dan autentikatornya dihapus, lalu dipasang baru."}), nil, nil
}

// wishedName is whose account a proposal concerns.
func (a *App) wishedName(c echo.Context, p accounts.Proposal) (string, error) {
	wish, err := p.StaffWish()
	if err != nil || wish.Name != "" {
		return wish.Name, err
	}
	m, err := a.Accounts.MemberOf(c.Request().Context(), p.Agency, p.Object)
	if errors.Is(err, accounts.ErrNoStaff) {
		return "petugas itu", nil
	}
	return m.Name, err
}

func roleWords(roles []accounts.Role) string {
	words := make([]string, len(roles))
	for i, r := range roles {
		words[i] = string(r)
	}
	return titled(strings.Join(words, ", "))
}

func unitWords(units []string) string {
	if len(units) == 0 {
		return "Semua unit"
	}
	return strings.Join(units, "; ")
}
