package app

import (
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/views"
)

const staffListPath = settingsPath + "/petugas"

var roleHints = map[accounts.Role]string{
	accounts.Agent:      "Mengerjakan antrean dan memeriksa identitas.",
	accounts.Approver:   "Menyetujui hasil pemeriksaan, mulai 72 jam setelah diangkat.",
	accounts.Supervisor: "Melihat laporan dan mengonfirmasi usulan.",
	accounts.Admin:      "Mengusulkan petugas dan pengaturan.",
}

func roleOptions(chosen []accounts.Role) (all []views.Option) {
	for _, r := range accounts.Roles {
		all = append(all, views.Option{Value: string(r), Text: titled(string(r)), Hint: roleHints[r], Here: slices.Contains(chosen, r)})
	}
	return all
}

// staffList shows the staff of the admin's agency (ST-04).
func (a *App) staffList(c echo.Context) error {
	all, err := a.Accounts.MembersOf(c.Request().Context(), a.staff(c).Agency)
	if err != nil {
		return err
	}
	l := views.StaffList{Table: views.Table{Caption: "Petugas", Quiet: true, Head: []views.Column{
		{Text: "Nama"}, {Text: "Peran"}, {Text: "Unit"}, {Text: "Keadaan"}}}}
	l.Did, _ = shownOnce(c, shownSetting+c.Request().URL.Path)
	for _, m := range all {
		l.Table.Rows = append(l.Table.Rows, []views.Cell{
			{Text: m.Name, Href: staffListPath + "/" + m.ID, Small: accounts.Group(m.NIP)}, {Text: roleWords(m.Roles)}, {Text: unitWords(m.Units)},
			{Text: a.memberState(m)},
		})
	}
	p := a.page(c, "Petugas")
	p.Back = settingsPath
	return a.render(c, http.StatusOK, views.StaffListPage(p, l))
}

func (a *App) memberState(m accounts.Member) string {
	now := a.DB.Now()
	switch {
	case m.DisabledAt != 0:
		return "Nonaktif sejak " + m.DisabledAt.Date(a.Zone)
	case m.SetupUntil > now:
		return "Menunggu aktivasi sampai " + m.SetupUntil.Hour(a.Zone)
	case m.EnrolledAt == 0 || m.SetupUntil != 0:
		return "Belum aktif"
	case m.Has(accounts.Approver) && m.ApprovesFrom > now:
		return "Aktif, menyetujui mulai " + m.ApprovesFrom.Exact(a.Zone)
	}
	return "Aktif"
}

// staffNew asks for a new member.
func (a *App) staffNew(c echo.Context) error {
	return a.showStaffNew(c, http.StatusOK, newStaffForm{})
}

func (a *App) showStaffNew(c echo.Context, status int, f newStaffForm, wrong ...views.FieldError) error {
	p := a.page(c, "Petugas baru")
	p.Back, p.Path, p.Errors, p.Scripts = staffListPath, staffListPath+"/baru", wrong, []string{"nip.js"}
	return a.render(c, status, views.StaffNewPage(p, views.StaffNew{NIP: f.NIP, Name: f.Name, Email: f.Email, Units: f.Units,
		Roles: roleOptions(f.roles())}))
}

// roleForm are the ticks of the roles.
type roleForm struct {
	Agent      string `form:"peran-petugas,optional"`
	Approver   string `form:"peran-verifikator,optional"`
	Supervisor string `form:"peran-penyelia,optional"`
	Admin      string `form:"peran-admin,optional"`
}

func (f roleForm) roles() (all []accounts.Role) {
	for _, tick := range []struct {
		word string
		role accounts.Role
	}{{f.Agent, accounts.Agent}, {f.Approver, accounts.Approver}, {f.Supervisor, accounts.Supervisor}, {f.Admin, accounts.Admin}} {
		if tick.word == "ya" {
			all = append(all, tick.role)
		}
	}
	return all
}

// lines are what stands on each line of a text field.
func lines(text string) (all []string) {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// member shows one member of the admin's agency.
func (a *App) member(c echo.Context) error { return a.showMember(c, http.StatusOK) }

func (a *App) showMember(c echo.Context, status int, wrong ...views.FieldError) error {
	by := a.staff(c)
	m, err := a.Accounts.MemberOf(c.Request().Context(), by.Agency, c.Param("id"))
	if err != nil {
		return err
	}
	p := a.page(c, m.Name)
	p.Back, p.Path, p.Errors = staffListPath, staffListPath+"/"+m.ID, wrong
	shown := views.StaffMember{Self: m.ID == by.ID, Disabled: m.DisabledAt != 0, Action: staffListPath + "/" + m.ID,
		Roles: roleOptions(m.Roles), Units: strings.Join(m.Units, "\n"), Rows: []views.Row{
			{Key: "NIP", Body: views.Number(accounts.Group(m.NIP))}, {Key: "Email", Value: string(m.Email)},
			{Key: "Peran", Value: roleWords(m.Roles)}, {Key: "Unit", Value: unitWords(m.Units)}, {Key: "Keadaan", Value: a.memberState(m)},
		}}
	shown.Did, _ = shownOnce(c, shownSetting+c.Request().URL.Path)
	return a.render(c, status, views.StaffMemberPage(p, shown))
}
