package app

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/secret"
	"pulih/views"
)

type newStaffForm struct {
	NIP   string `form:"nip"`
	Name  string `form:"nama"`
	Email string `form:"email"`
	Units string `form:"unit,optional"`
	roleForm
}

// proposeStaff proposes a new member, and shows the first half of the code
// with which he sets himself up.
func (a *App) proposeStaff(c echo.Context) error {
	var f newStaffForm
	if err := bind(c, &f); err != nil {
		return err
	}
	if wrong := f.mistakes(); len(wrong) > 0 {
		return a.showStaffNew(c, http.StatusUnprocessableEntity, f, wrong...)
	}
	half, err := a.Accounts.ProposeStaff(c.Request().Context(), a.officer(c), accounts.NewStaff{NIP: secret.NIP(f.NIP), Name: f.Name,
		Email: secret.Email(f.Email), Roles: f.roles(), Units: lines(f.Units)})
	if wrong := staffWrong(err); len(wrong) > 0 {
		return a.showStaffNew(c, http.StatusUnprocessableEntity, f, wrong...)
	}
	if err != nil {
		return err
	}
	return a.showFirstHalf(c, half, f.Name)
}

func (f newStaffForm) mistakes() (wrong mistakes) {
	_, _, err := accounts.ParseNIP(f.NIP)
	wrong.when(err != nil, "nip", "NIP harus 18 angka dan sesuai susunannya.")
	wrong.text("nama", "Nama", f.Name, 2, 120)
	_, ok := accounts.ParseEmail(f.Email)
	wrong.when(!ok, "email", "Tulis alamat email dinas, misalnya nama@contoh.go.id.")
	wrong.when(len(f.roles()) == 0, "peran", "Pilih sedikitnya satu peran.")
	return wrong
}

func staffWrong(err error) (wrong mistakes) {
	wrong.when(errors.Is(err, accounts.ErrStaffExists), "nip", "NIP ini sudah memiliki akun petugas.")
	wrong.when(errors.Is(err, accounts.ErrUnit), "unit", "Ada unit yang tidak ada di daftar pegawai. Periksa ejaannya.")
	wrong.when(errors.Is(err, accounts.ErrProposalTwice), "", "Usulan yang sama masih menunggu konfirmasi.")
	return wrong
}

func (a *App) showFirstHalf(c echo.Context, half secret.Code, name string) error {
	p := a.page(c, "Bagian pertama kode aktivasi")
	p.Scripts, p.Replace = []string{"copy.js"}, settingsPath
	return a.render(c, http.StatusOK, views.SetupHalfPage(p, views.SetupHalf{First: true, Name: name, Code: string(half), Place: a.staffSetupPlace(),
		Done: "Usulan dicatat", Other: "Bagian kedua diterima orang yang mengonfirmasi.", Back: settingsPath}))
}

func (a *App) changeRoles(c echo.Context) error {
	var f roleForm
	if err := bind(c, &f); err != nil {
		return err
	}
	if len(f.roles()) == 0 {
		return a.showMember(c, http.StatusUnprocessableEntity, views.FieldError{Field: "peran", Text: "Pilih sedikitnya satu peran."})
	}
	now, err := a.Accounts.ChangeRoles(c.Request().Context(), a.officer(c), c.Param("id"), f.roles())
	return a.memberDone(c, err, proposedOr(now, "Peran berubah. Ia perlu masuk lagi."))
}

func (a *App) changeUnits(c echo.Context) error {
	var f struct {
		Units string `form:"unit"`
	}
	if err := bind(c, &f); err != nil {
		return err
	}
	now, err := a.Accounts.ChangeUnits(c.Request().Context(), a.officer(c), c.Param("id"), lines(f.Units))
	return a.memberDone(c, err, proposedOr(now, "Unit berubah dan langsung berlaku."))
}

func (a *App) disableMember(c echo.Context) error {
	err := a.Accounts.DisableMember(c.Request().Context(), a.officer(c), c.Param("id"))
	return a.memberDone(c, err, "Akun dinonaktifkan. Semua sesinya sudah berakhir.")
}

// proposeReset proposes new credentials for a member (ST-02).
func (a *App) proposeReset(c echo.Context) error {
	ctx := c.Request().Context()
	m, err := a.Accounts.MemberOf(ctx, a.staff(c).Agency, c.Param("id"))
	if err != nil {
		return err
	}
	half, err := a.Accounts.ProposeReset(ctx, a.officer(c), m.ID)
	if err != nil {
		return a.memberDone(c, err, "")
	}
	return a.showFirstHalf(c, half, m.Name)
}

// memberDone goes back to a member's page, with what was done or what was
// wrong.
func (a *App) memberDone(c echo.Context, err error, did string) error {
	if wrong := staffWrong(err); len(wrong) > 0 {
		return a.showMember(c, http.StatusUnprocessableEntity, wrong...)
	}
	if err != nil {
		return err
	}
	return done(c, staffListPath+"/"+c.Param("id"), did)
}
