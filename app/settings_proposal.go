package app

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/tickets"
	"pulih/views"
)

func proposalPath(id string) string { return settingsPath + "/usulan/" + id }

// proposal shows what is proposed beside what holds now.
func (a *App) proposal(c echo.Context) error { return a.showProposal(c, http.StatusOK) }

func (a *App) showProposal(c echo.Context, status int, wrong ...views.FieldError) error {
	o := a.officer(c)
	p, err := a.Accounts.ProposalByID(c.Request().Context(), o, c.Param("id"))
	if err != nil {
		return err
	}
	shown := views.ProposalPage{Title: proposalTitle(p), State: a.proposalBadge(p), People: a.proposalPeople(p)}
	if shown.Rows, shown.Changes, err = a.proposalRows(c, p); err != nil {
		return err
	}
	a.offerProposal(&shown, p, o)
	page := a.page(c, shown.Title)
	page.Back, page.Path, page.Errors = settingsPath, proposalPath(p.ID), wrong
	return a.render(c, status, views.Proposal(page, shown))
}

// offerProposal fills in what he may do.
func (a *App) offerProposal(shown *views.ProposalPage, p accounts.Proposal, o accounts.Officer) {
	if !p.Waits(a.DB.Now()) {
		return
	}
	if shown.End, shown.EndText = proposalPath(p.ID)+"/akhir", "Tolak usulan"; p.ProposedBy == o.ID {
		shown.EndText = "Tarik usulan"
	}
	if err := p.May(o); err != nil {
		shown.WhyNot = a.sentence(err)
		return
	}
	shown.Confirm = proposalPath(p.ID) + "/konfirmasi"
	if p.Kind.Hands() {
		shown.Warning = "Pastikan orangnya memang dikenal dan memintanya. Anda menerima setengah kode aktivasinya."
	}
}

// sentence is what people read of a refusal.
func (a *App) sentence(err error) string {
	for _, known := range answers {
		if errors.Is(err, known.Err) {
			return known.Text
		}
	}
	return ""
}

// confirmProposal is the second person's word. A set-up code's second half is
// shown in the answer, once.
func (a *App) confirmProposal(c echo.Context) error {
	var f struct {
		OTP string `form:"otp"`
	}
	if err := bind(c, &f); err != nil {
		return err
	}
	if wrong, err := a.proveSetting(c, f.OTP); err != nil || len(wrong) > 0 {
		return orAgain(err, func() error { return a.showProposal(c, http.StatusUnprocessableEntity, wrong...) })
	}
	done, err := a.Desk.ConfirmProposal(c.Request().Context(), a.by(c), c.Param("id"))
	if err != nil {
		return err
	}
	if done.Half != "" {
		return a.showSecondHalf(c, done)
	}
	return a.confirmed(c, done)
}

func orAgain(err error, again func() error) error {
	if err != nil {
		return err
	}
	return again()
}

// proveSetting asks for a fresh OTP, unless he may not confirm at all: then
// the code is not spent.
func (a *App) proveSetting(c echo.Context, otp string) (wrong []views.FieldError, err error) {
	o := a.officer(c)
	p, err := a.Accounts.ProposalByID(c.Request().Context(), o, c.Param("id"))
	if err == nil {
		err = p.May(o)
	}
	if err == nil {
		err = a.proveNow(c, "otp", otp)
	}
	var mistake fieldMistake
	if errors.As(err, &mistake) {
		return []views.FieldError{mistake.FieldError}, nil
	}
	return nil, err
}

func (a *App) confirmed(c echo.Context, d tickets.Confirmed) error {
	did := "Usulan dikonfirmasi dan berlaku sekarang."
	if d.From > a.DB.Now() {
		did = "Usulan dikonfirmasi. Berlaku mulai " + d.From.Long(a.Zone) + "."
	}
	return done(c, settingsPath, did)
}

func (a *App) showSecondHalf(c echo.Context, d tickets.Confirmed) error {
	name, err := a.wishedName(c, d.Proposal)
	if err != nil {
		return err
	}
	p := a.page(c, "Bagian kedua kode aktivasi")
	p.Scripts, p.Replace = []string{"copy.js"}, settingsPath
	return a.render(c, http.StatusOK, views.SetupHalfPage(p, views.SetupHalf{Name: name, Code: string(d.Half), Place: a.staffSetupPlace(),
		Done: "Usulan dikonfirmasi", Other: "Bagian pertama ada pada " + d.Proposal.ProposedName + ".", Back: settingsPath}))
}

// endProposal takes a proposal back, or refuses it.
func (a *App) endProposal(c echo.Context) error {
	if err := a.Accounts.EndProposal(c.Request().Context(), a.officer(c), c.Param("id")); err != nil {
		return err
	}
	return done(c, settingsPath, "Usulan diakhiri. Tidak ada yang berubah.")
}
