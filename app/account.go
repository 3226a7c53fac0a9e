package app

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
	"pulih/tickets"
	"pulih/views"
)

// accountPage shows a person his own account.
func (a *App) accountPage(c echo.Context) error {
	session := a.person(c)
	o, err := a.Accounts.Overview(c.Request().Context(), session.Owner)
	if err != nil {
		return err
	}
	c.Set(ctxWho, views.Who{Name: o.Person.Name, Out: "/keluar"})
	page := views.AccountPage{Name: o.Person.Name, NIP: accounts.Group(o.Person.NIP), Unit: o.Person.Unit,
		Email: maskedEmail(o.Person.Email), Backup: o.Backup, ByBackup: session.ProvenAt == 0}
	page.Did, _ = shownOnce(c, shownDid)
	for _, d := range o.Devices {
		page.Devices = append(page.Devices, a.accountDevice(d))
	}
	for _, address := range o.Addresses {
		page.Addresses = append(page.Addresses, a.accountAddress(address))
	}
	for _, s := range o.Sessions {
		page.Sessions = append(page.Sessions, views.AccountSession{ID: s.ID, Here: s.ID == session.ID,
			Began: a.shortTime(s.CreatedAt), Seen: s.SeenAt.Hour(a.Zone), Network: s.Network, Browser: agentName(s.Agent)})
	}
	page.History = a.history(o.History)
	return a.render(c, http.StatusOK, views.Account(a.page(c, "Akun Anda"), page))
}

func (a *App) accountDevice(d accounts.Device) views.AccountDevice {
	shown := views.AccountDevice{ID: d.ID, Name: d.Name, State: "Aktif", Tone: views.ToneSuccess, Since: d.EnrolledAt.Date(a.Zone)}
	if d.State == accounts.DeviceSuspended {
		shown.State, shown.Tone = "Dihentikan", views.ToneDanger
	}
	if d.UsedAt != 0 {
		shown.Used = a.shortTime(d.UsedAt)
	}
	return shown
}

// endSessions signs the person out everywhere, here too.
func (a *App) endSessions(c echo.Context) error {
	if err := a.Accounts.SignOutEverywhere(c.Request().Context(), a.person(c).Owner, a.actor(c)); err != nil {
		return err
	}
	dropCookie(c, cookieAccount)
	return seeOther(c, "/masuk")
}

// endSession ends one session of the person, in whichever browser it is.
func (a *App) endSession(c echo.Context) error {
	if err := a.Accounts.EndSessionOf(c.Request().Context(), a.person(c).Owner, c.Param("id"), a.actor(c)); err != nil {
		return err
	}
	showOnce(c, shownDid, "Sesi itu sudah berakhir.", newsLife)
	return seeOther(c, "/akun")
}

// history tells of an account's events in the person's words. What has no
// words is of no use to him. What was only looked at several times in a day is
// one line: among ten of them he would miss the one that matters.
func (a *App) history(events []audit.Event) (moments []views.Moment) {
	var last glance
	times := 0
	for _, e := range events {
		m, known := a.lineOf(e)
		if !known {
			continue
		}
		this := glance{m.Title, m.Text, e.At.Midnight(a.Zone)}
		if times++; this != last || !slices.Contains(glances, e.Action) {
			last, times, moments = this, 1, append(moments, m)
			continue
		}
		moments[len(moments)-1].Title = fmt.Sprintf("%s, %d kali hari itu", m.Title, times)
	}
	return moments
}

// glances change nothing, and say no more the tenth time.
var glances = []audit.Action{audit.TicketRead, audit.AttachmentRead, audit.AuditRead}

// glance is what lines of the history have in common that become one.
type glance struct {
	title, text string
	day         db.Time
}

func (a *App) lineOf(e audit.Event) (m views.Moment, known bool) {
	words, known := historyWords[historyKey{e.Action, e.Result}]
	if !known {
		words, known = historyWords[historyKey{e.Action, ""}]
	}
	m = views.Moment{Title: words.text, Tone: words.tone, When: a.shortTime(e.At), At: machine(e.At)}
	if e.Actor.Network != "" && e.Actor.Kind != audit.Staff {
		m.Text = "Alamat jaringan " + e.Actor.Network
	}
	return m, known
}

type historyKey struct {
	action audit.Action
	result string
}

// historyWords are the events that a person is shown (AU-06); result "" is
// any other result of the action.
var historyWords = map[historyKey]struct {
	text string
	tone views.Tone
}{
	{audit.SignIn, "ok"}:               {"Masuk", views.ToneSuccess},
	{audit.SignIn, "wrong"}:            {"Percobaan masuk: kata sandi salah", views.ToneWarn},
	{audit.SignIn, "paused"}:           {"Percobaan masuk ditolak: terlalu sering salah", views.ToneWarn},
	{audit.SignIn, ""}:                 {"Percobaan masuk: kata sandi benar, kode OTP belum", views.ToneWarn},
	{audit.SignOut, ""}:                {"Keluar", views.ToneNeutral},
	{audit.Confirmed, "ok"}:            {"Perubahan dikonfirmasi dengan kata sandi dan OTP", views.ToneNeutral},
	{audit.Confirmed, ""}:              {"Konfirmasi di halaman akun ditolak", views.ToneWarn},
	{audit.PasswordChanged, ""}:        {"Kata sandi diganti di halaman akun", views.ToneInfo},
	{audit.BackupMade, ""}:             {"Kode cadangan dibuat", views.ToneInfo},
	{audit.BackupUsed, ""}:             {"Kode cadangan dipakai", views.ToneInfo},
	{audit.AddressAsked, ""}:           {"Kode dikirim ke email tambahan", views.ToneNeutral},
	{audit.AddressAdded, ""}:           {"Email tambahan terdaftar", views.ToneInfo},
	{audit.AddressRemoved, ""}:         {"Email tambahan dihapus", views.ToneInfo},
	{audit.SessionsEnded, ""}:          {"Semua sesi diakhiri", views.ToneNeutral},
	{audit.ResetAsked, audit.OK}:       {"Kode pemulihan dikirim ke email", views.ToneInfo},
	{audit.ResetAsked, ""}:             {"Kode pemulihan diminta, tetapi tidak dikirim", views.ToneWarn},
	{audit.ResetFinished, audit.OK}:    {"Kata sandi diganti lewat email", views.ToneInfo},
	{audit.Activating, ""}:             {"Kata sandi pertama dipilih", views.ToneInfo},
	{audit.Activated, ""}:              {"Akun diaktifkan", views.ToneSuccess},
	{audit.Unlocked, ""}:               {"Kunci dibuka dengan kode email", views.ToneInfo},
	{audit.Unlocked, accounts.ByDesk}:  {"Kunci sementara dibuka petugas", views.ToneInfo},
	{audit.EmailChanged, ""}:           {"Email akun diganti", views.ToneInfo},
	{audit.Frozen, ""}:                 {"Akun dibekukan petugas", views.ToneDanger},
	{audit.DeviceAdded, ""}:            {"Autentikator baru terdaftar", views.ToneInfo},
	{audit.DeviceEnded, ""}:            {"Autentikator dihentikan", views.ToneInfo},
	{audit.PassIssued, ""}:             {"Kode pendaftaran autentikator diterbitkan", views.ToneInfo},
	{audit.PassTried, "wrong"}:         {"Kode pendaftaran salah", views.ToneWarn},
	{audit.AloneTried, "wrong"}:        {"Percobaan ganti autentikator: kata sandi salah", views.ToneWarn},
	{audit.AloneTried, "paused"}:       {"Percobaan ganti autentikator ditolak: terlalu sering salah", views.ToneWarn},
	{audit.AloneTried, ""}:             {"Ganti autentikator diminta", views.ToneInfo},
	{audit.WaitBegun, ""}:              {"Masa tunggu ganti autentikator dimulai", views.ToneInfo},
	{audit.WaitReady, ""}:              {"Masa tunggu ganti autentikator selesai", views.ToneInfo},
	{audit.WaitEnded, "used"}:          {"Autentikator diganti setelah masa tunggu", views.ToneInfo},
	{audit.WaitEnded, ""}:              {"Ganti autentikator batal", views.ToneWarn},
	{audit.FactorShown, audit.Refused}: {"Bukti tambahan ditolak", views.ToneWarn},
	{audit.FactorShown, ""}:            {"Bukti tambahan diterima", views.ToneInfo},
	{audit.Disowned, ""}:               {"“Bukan saya” ditekan", views.ToneDanger},
	{audit.Blocked, ""}:                {"Permohonan jarak jauh ditahan", views.ToneDanger},
	{audit.Unblocked, ""}:              {"Permohonan jarak jauh dibuka lagi", views.ToneInfo},
	{audit.PersonChanged, ""}:          {"Data kepegawaian diperbarui", views.ToneNeutral},
	{audit.Ticket + audit.Action(tickets.VerbShowHistory), ""}: {"Riwayat akun ditunjukkan kepada Anda di loket", views.ToneInfo},
	{audit.AuditRead, ""}:                  {"Penyelia membaca catatan tentang akun Anda", views.ToneNeutral},
	{audit.HistoryAsked, ""}:               {"Permintaan data pribadi Anda dicatat", views.ToneInfo},
	{audit.HistoryExported, ""}:            {"Data pribadi Anda diserahkan di loket", views.ToneInfo},
	{audit.HistoryExported, audit.Refused}: {"Data pribadi Anda tidak diserahkan: nomor dokumen lain", views.ToneWarn},
	{audit.TicketRead, ""}:                 {"Petugas membuka permohonan Anda", views.ToneNeutral},
	{audit.AttachmentRead, ""}:             {"Petugas membuka berkas bukti Anda", views.ToneNeutral},
	{audit.AttachmentEnded, ""}:            {"Berkas bukti Anda dihapus", views.ToneNeutral},
}
