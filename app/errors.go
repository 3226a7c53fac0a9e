package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
	"pulih/guide"
	"pulih/tickets"
	"pulih/tickets/upload"
	"pulih/views"
)

// Errors of the app itself. Those of the domain stand beside their rules.
var (
	// ErrStep says that a step was posted before the one it follows (RC-09,
	// CVE-2026-18963).
	ErrStep = errors.New("app: step out of order")
	// ErrNotYours says that somebody signed in may not do this.
	ErrNotYours = errors.New("app: not allowed")
)

// TooMany says that a limit was reached, and for how long.
type TooMany struct{ Wait time.Duration }

func (e *TooMany) Error() string { return fmt.Sprintf("app: too many, wait %s", e.Wait) }

// answer is what the outside is told of an error.
type answer struct {
	Err    error
	Status int
	Text   string
}

// answers is the one table from errors to sentences. What is not in it is a
// fault of ours: 500, logged, with the request's id on the page. A test fails
// when an exported error of a domain package is missing.
var answers = []answer{
	{ErrForm, http.StatusBadRequest, "Formulir tidak lengkap atau rusak. Kembali, lalu isi lagi."},
	{audit.ErrChecked, http.StatusConflict, "Rantai baru saja diperiksa, dan cocok. Coba lagi sepuluh menit kemudian."},
	{audit.ErrChecking, http.StatusConflict, "Pemeriksaan lain sedang berjalan. Tunggu sampai selesai."},
	{ErrStep, http.StatusConflict, "Langkah ini belum bisa dibuka. Mulai dari langkah pertama."},
	{ErrNoExport, http.StatusNotFound, "Berkas ini tidak ada atau sudah dihapus. Unduh lagi dari laporan."},
	{ErrNotYours, http.StatusForbidden, "Akun Anda tidak berwenang membuka halaman ini."},
	{guide.ErrHour, http.StatusUnprocessableEntity, "Ketik jam dan menit, misalnya 10.27."},
	{guide.ErrNoPractice, http.StatusConflict, "Entri latihan ini sudah tidak berlaku. Buat yang baru di halaman Cek jam HP."},
	{ErrClockOff, http.StatusServiceUnavailable, "Jam server kami sedang tidak cocok dengan acuannya. Kami belum bisa menilai jam HP Anda. Coba lagi nanti."},
	{guide.ErrNoIncident, http.StatusNotFound, "Pengumuman ini sudah berakhir atau sudah diurus orang lain."},
	{guide.ErrIncidentOwn, http.StatusForbidden, "Usulan Anda dikonfirmasi orang lain."},
	{guide.ErrIncidentLength, http.StatusUnprocessableEntity, "Tulis 10 sampai 300 huruf."},
	{guide.ErrIncidentLetters, http.StatusUnprocessableEntity, "Pakai huruf, angka, dan tanda baca biasa saja."},
	{guide.ErrIncidentLeads, http.StatusUnprocessableEntity, "Hapus tautan, nama aplikasi pesan, dan nomor telepon. Beri spasi setelah tanda baca, dan di antara angka dan huruf."},
	{guide.ErrIncidentTime, http.StatusUnprocessableEntity, "Akhir harus sesudah mulai, belum lewat, dan paling lama 7 hari."},
	{guide.ErrIncidentMany, http.StatusConflict, "Lima usulan Anda masih menunggu. Tarik salah satunya dahulu."},
	{guide.ErrIncidentFull, http.StatusConflict, "Pada waktu itu sudah ada tiga pengumuman. Akhiri salah satunya dahulu."},
	{guide.ErrIncidentNew, http.StatusForbidden, tickets.ErrTooNew.Text},
	{guide.ErrIncidentBrowser, http.StatusForbidden, "Usulan ini ditulis dengan peramban ini. Konfirmasi dari perangkat lain."},
	{guide.ErrIncidentAgency, http.StatusForbidden, "Halaman awal ini milik instansi lain."},
	{accounts.ErrBusy, http.StatusServiceUnavailable, "Layanan sedang sibuk. Tunggu sebentar, lalu coba lagi."},
	{accounts.ErrStep, http.StatusConflict, "Langkah ini belum bisa dibuka. Mulai dari langkah pertama."},
	{accounts.ErrNoNotice, http.StatusNotFound, "Tautan ini sudah tidak berlaku."},
	{accounts.ErrNoSession, http.StatusUnauthorized, "Sesi Anda sudah berakhir. Masuk lagi."},
	{accounts.ErrFrozen, http.StatusConflict, "Akun ini sudah dibekukan, atau kata sandinya baru berganti. Muat ulang halaman ini."},
	{accounts.ErrNotBlocked, http.StatusConflict, "Tidak ada penahanan yang perlu dibuka."},
	{accounts.ErrNoPerson, http.StatusNotFound, "Data pegawai ini tidak ada."},
	{accounts.ErrNoEnrolment, http.StatusConflict, enrolNotBegun},
	{accounts.ErrDeviceName, http.StatusUnprocessableEntity, "Nama perangkat berisi 1 sampai 40 huruf."},
	{accounts.ErrDeviceTaken, http.StatusUnprocessableEntity, "Nama itu sudah dipakai perangkat Anda yang lain. Pilih nama lain."},
	{accounts.ErrDevices, http.StatusConflict, "Anda sudah memiliki lima autentikator. Hapus satu dahulu."},
	{accounts.ErrLastDevice, http.StatusConflict, "Ini satu-satunya autentikator yang aktif. Tambahkan yang baru dahulu."},
	{accounts.ErrAddresses, http.StatusConflict, "Anda sudah memiliki dua email tambahan. Hapus satu dahulu."},
	{accounts.ErrAddressKnown, http.StatusConflict, "Alamat ini sudah menerima pemberitahuan akun Anda."},
	{accounts.ErrAddressBudget, http.StatusTooManyRequests, "Terlalu banyak alamat dicoba hari ini. Coba lagi besok."},
	{accounts.ErrNoProof, http.StatusForbidden, "Langkah ini memerlukan kode OTP baru. Ketik kode yang sedang tampil."},
	{accounts.ErrSetup, http.StatusConflict, "Kode aktivasi sudah tidak berlaku. Minta kode baru kepada admin."},
	{accounts.ErrNoStaff, http.StatusNotFound, "Akun petugas ini tidak ada."},
	{accounts.ErrStaffExists, http.StatusConflict, "NIP ini sudah memiliki akun petugas."},
	{accounts.ErrStaffForm, http.StatusUnprocessableEntity, "Data petugas tidak lengkap. Periksa NIP, nama, email, dan peran."},
	{accounts.ErrUnit, http.StatusUnprocessableEntity, "Unit ini tidak ada di daftar pegawai."},
	{accounts.ErrNoProposal, http.StatusNotFound, "Usulan ini sudah berakhir atau sudah diurus orang lain."},
	{accounts.ErrProposalOwn, http.StatusForbidden, "Usulan ini dikonfirmasi orang lain, dari perangkat lain."},
	{accounts.ErrProposalSelf, http.StatusForbidden, "Ini tentang akun Anda sendiri. Mintalah orang lain mengurusnya."},
	{accounts.ErrProposalRole, http.StatusForbidden, "Peran Anda tidak mencakup langkah ini."},
	{accounts.ErrProposalOld, http.StatusConflict, "Pengaturan sudah berubah sejak diusulkan. Usulkan lagi."},
	{accounts.ErrProposalTwice, http.StatusConflict, "Usulan yang sama masih menunggu konfirmasi."},
	{accounts.ErrOperatorForm, http.StatusUnprocessableEntity, "Data operator tidak lengkap. Periksa unit dan email."},
	{accounts.ErrOperatorExists, http.StatusConflict, "Unit ini sudah memiliki operator itu."},
	{accounts.ErrNoOperator, http.StatusNotFound, "Unit ini tidak memiliki operator itu."},
	{accounts.ErrBrake, http.StatusConflict, "Impor dihentikan karena mengubah terlalu banyak data."},
	{accounts.ErrPlanOld, http.StatusConflict, "Data pegawai berubah sejak pemeriksaan. Periksa ulang berkasnya."},
	{tickets.ErrNoAccess, http.StatusNotFound, "Permintaan ini tidak ada."},
	{tickets.ErrNoTicket, http.StatusNotFound, "Permohonan ini tidak ada. Periksa kembali nomornya."},
	{tickets.ErrRole, http.StatusForbidden, tickets.ErrRole.Text},
	{tickets.ErrOneself, http.StatusForbidden, tickets.ErrOneself.Text},
	{tickets.ErrDesk, http.StatusForbidden, tickets.ErrDesk.Text},
	{tickets.ErrAccessOpen, http.StatusConflict, tickets.ErrAccessOpen.Text},
	{tickets.ErrAccessOver, http.StatusConflict, tickets.ErrAccessOver.Text},
	{tickets.ErrOriginal, http.StatusUnprocessableEntity, tickets.ErrOriginal.Text},
	{tickets.ErrAsker, http.StatusForbidden, tickets.ErrAsker.Text},
	{tickets.ErrOneBrowser, http.StatusForbidden, tickets.ErrOneBrowser.Text},
	{tickets.ErrBrowser, http.StatusForbidden, tickets.ErrBrowser.Text},
	{tickets.ErrTwoPeople, http.StatusForbidden, tickets.ErrTwoPeople.Text},
	{tickets.ErrTooNew, http.StatusForbidden, tickets.ErrTooNew.Text},
	{tickets.ErrChanged, http.StatusConflict, tickets.ErrChanged.Text},
	{tickets.ErrState, http.StatusConflict, tickets.ErrState.Text},
	{tickets.ErrKind, http.StatusConflict, tickets.ErrKind.Text},
	{tickets.ErrTaken, http.StatusConflict, tickets.ErrTaken.Text},
	{tickets.ErrNotOwner, http.StatusConflict, tickets.ErrNotOwner.Text},
	{tickets.ErrQueueDry, http.StatusConflict, tickets.ErrQueueDry.Text},
	{tickets.ErrChannel, http.StatusConflict, tickets.ErrChannel.Text},
	{tickets.ErrEvidence, http.StatusConflict, tickets.ErrEvidence.Text},
	{tickets.ErrSubject, http.StatusConflict, tickets.ErrSubject.Text},
	{tickets.ErrSlot, http.StatusConflict, tickets.ErrSlot.Text},
	{tickets.ErrDisabled, http.StatusConflict, tickets.ErrDisabled.Text},
	{tickets.ErrShown, http.StatusConflict, tickets.ErrShown.Text},
	{tickets.ErrPasses, http.StatusConflict, tickets.ErrPasses.Text},
	{tickets.ErrVoided, http.StatusConflict, tickets.ErrVoided.Text},
	{tickets.ErrDocument, http.StatusUnprocessableEntity, tickets.ErrDocument.Text},
	{tickets.ErrProof, http.StatusUnprocessableEntity, tickets.ErrProof.Text},
	{tickets.ErrMissing, http.StatusUnprocessableEntity, tickets.ErrMissing.Text},
	{tickets.ErrUnreadable, http.StatusUnprocessableEntity, tickets.ErrUnreadable.Text},
	{tickets.ErrSame, http.StatusUnprocessableEntity, tickets.ErrSame.Text},
	{tickets.ErrRemind, http.StatusUnprocessableEntity, tickets.ErrRemind.Text},
	{tickets.ErrMerge, http.StatusConflict, tickets.ErrMerge.Text},
	{tickets.ErrReopened, http.StatusConflict, tickets.ErrReopened.Text},
	{tickets.ErrNoLift, http.StatusConflict, tickets.ErrNoLift.Text},
	{tickets.ErrActive, http.StatusConflict, tickets.ErrActive.Text},
	{tickets.ErrBulk, http.StatusUnprocessableEntity, tickets.ErrBulk.Text},
	{tickets.ErrGuesses, http.StatusTooManyRequests, tickets.ErrGuesses.Text},
	{tickets.ErrInARow, http.StatusConflict, tickets.ErrInARow.Text},
	{tickets.ErrUnanswered, http.StatusConflict, tickets.ErrUnanswered.Text},
	{tickets.ErrFiled, http.StatusTooManyRequests, tickets.ErrFiled.Text},
	{tickets.ErrSameText, http.StatusConflict, tickets.ErrSameText.Text},
	{tickets.ErrLink, http.StatusUnprocessableEntity, tickets.ErrLink.Text},
	{tickets.ErrAsksSecret, http.StatusUnprocessableEntity, tickets.ErrAsksSecret.Text},
	{tickets.ErrNotOwned, http.StatusConflict, tickets.ErrNotOwned.Text},
	{tickets.ErrKeyless, http.StatusConflict, tickets.ErrKeyless.Text},
	{tickets.ErrPlaceholder, http.StatusUnprocessableEntity, tickets.ErrPlaceholder.Text},
	{tickets.ErrTitle, http.StatusConflict, tickets.ErrTitle.Text},
	{tickets.ErrNoSaved, http.StatusNotFound, tickets.ErrNoSaved.Text},
	{tickets.ErrPeriod, http.StatusUnprocessableEntity, tickets.ErrPeriod.Text},
	{tickets.ErrUnmeasured, http.StatusServiceUnavailable, tickets.ErrUnmeasured.Text},
	{tickets.ErrSpent, http.StatusTooManyRequests, tickets.ErrSpent.Text},
	{tickets.ErrAgentStop, http.StatusTooManyRequests, tickets.ErrAgentStop.Text},
	{tickets.ErrFiles, http.StatusConflict, tickets.ErrFiles.Text},
	{tickets.ErrNoDraft, http.StatusConflict, tickets.ErrNoDraft.Text},
	{tickets.ErrRated, http.StatusConflict, tickets.ErrRated.Text},
	{tickets.ErrSurveyed, http.StatusConflict, tickets.ErrSurveyed.Text},
	{tickets.ErrMatched, http.StatusConflict, tickets.ErrMatched.Text},
	{tickets.ErrNoFile, http.StatusNotFound, tickets.ErrNoFile.Text},
	{upload.ErrBusy, http.StatusServiceUnavailable, upload.ErrBusy.Text},
	{upload.ErrLarge, http.StatusRequestEntityTooLarge, upload.ErrLarge.Text},
	{upload.ErrEmpty, http.StatusUnprocessableEntity, upload.ErrEmpty.Text},
	{upload.ErrType, http.StatusUnprocessableEntity, upload.ErrType.Text},
	{upload.ErrEnding, http.StatusUnprocessableEntity, upload.ErrEnding.Text},
	{upload.ErrPixels, http.StatusUnprocessableEntity, upload.ErrPixels.Text},
	{upload.ErrDamaged, http.StatusUnprocessableEntity, upload.ErrDamaged.Text},
	{upload.ErrActive, http.StatusUnprocessableEntity, upload.ErrActive.Text},
	{tickets.ErrNetworks, http.StatusUnprocessableEntity, "Tulis jaringan seperti 10.1.2.0/24, paling banyak 30."},
	{tickets.ErrTargets, http.StatusUnprocessableEntity, "Target paling sedikit 15 menit dan paling lama 450 jam kerja."},
	{tickets.ErrEvidenceSet, http.StatusUnprocessableEntity, "Paket bukti tidak boleh lebih longgar daripada batas bawah."},
	{db.ErrUnavailable, http.StatusServiceUnavailable, "Kami sedang tidak bisa membaca atau menyimpan data. Tunggu beberapa menit, lalu coba lagi."},
	{db.ErrNotFound, http.StatusNotFound, "Periksa kembali alamatnya."},
	{db.ErrConflict, http.StatusConflict, "Data ini baru saja berubah. Muat ulang, lalu coba lagi."},
}

// handleError is echo's error handler. It unwraps, which echo's own does not,
// and never shows what went wrong inside.
func (a *App) handleError(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	var to redirect
	if errors.As(err, &to) {
		err = seeOther(c, to.to)
		if err == nil {
			return
		}
	}
	told := a.answerTo(err, c)
	if told.Status == http.StatusServiceUnavailable {
		c.Response().Header().Set("Retry-After", "5")
	}
	page := a.page(c, titleFor(told.Status))
	sent := a.render(c, told.Status, views.Error(page, views.ErrorPage{
		Status: told.Status, Text: told.Text, RequestID: requestID(c), Sent: c.Request().Method == http.MethodPost,
	}))
	if sent != nil {
		a.Log.Error("error page", "request", requestID(c), "err", sent)
	}
}

// statusGone is what nginx counts of those who hang up before their answer:
// no fault of ours, and nobody reads it. As a 500 it would wake the operator
// whenever somebody likes (ops/pulih-alerts.yml, PulihErrors).
const statusGone = 499

func (a *App) answerTo(err error, c echo.Context) answer {
	var many *TooMany
	var own *echo.HTTPError
	switch {
	case errors.As(err, &many):
		return tooMany(c, many.Wait)
	case errors.As(err, &own) && own.Code < http.StatusInternalServerError:
		return answer{Status: own.Code, Text: sentenceFor(own.Code)}
	}
	if errors.Is(err, db.ErrUnavailable) {
		a.logFault(c, err) // and is told below
	}
	for _, known := range answers {
		if errors.Is(err, known.Err) {
			return known
		}
	}
	if errors.Is(err, context.Canceled) && errors.Is(c.Request().Context().Err(), context.Canceled) {
		return answer{Status: statusGone, Text: sentenceFor(statusGone)}
	}
	a.logFault(c, err)
	return answer{Status: http.StatusInternalServerError, Text: "Ada gangguan pada layanan kami. Data Anda aman. Coba lagi sebentar lagi."}
}

func (a *App) logFault(c echo.Context, err error) {
	a.Log.LogAttrs(c.Request().Context(), slog.LevelError, "fault",
		slog.String("request", requestID(c)), slog.String("route", c.Path()), slog.Any("err", err))
}

// tooMany answers alike for known and unknown numbers (RL-08).
func tooMany(c echo.Context, wait time.Duration) answer {
	seconds := int(math.Ceil(wait.Seconds()))
	c.Response().Header().Set("Retry-After", strconv.Itoa(seconds))
	return answer{
		Status: http.StatusTooManyRequests,
		Text:   "Terlalu banyak percobaan dari jaringan ini. Coba lagi dalam " + inWords(wait) + ".",
	}
}

func inWords(wait time.Duration) string {
	if wait < time.Minute {
		return fmt.Sprintf("%d detik", int(math.Ceil(wait.Seconds())))
	}
	if wait < time.Hour {
		return fmt.Sprintf("%d menit", int(math.Ceil(wait.Minutes())))
	}
	return fmt.Sprintf("%d jam", int(math.Ceil(wait.Hours())))
}

func titleFor(status int) string {
	switch status {
	case http.StatusNotFound:
		return "Halaman tidak ditemukan"
	case http.StatusForbidden:
		return "Tidak berwenang"
	case http.StatusConflict:
		return "Langkah ini sudah berubah"
	case http.StatusTooManyRequests:
		return "Tunggu sebentar"
	case http.StatusServiceUnavailable:
		return "Kami belum bisa melayani"
	}
	if status >= http.StatusInternalServerError {
		return "Ada gangguan"
	}
	return "Permintaan tidak bisa diproses"
}

func sentenceFor(status int) string {
	switch status {
	case http.StatusNotFound:
		return "Periksa kembali alamatnya."
	case http.StatusMethodNotAllowed:
		return "Halaman ini tidak bisa dibuka dengan cara itu."
	case http.StatusRequestEntityTooLarge:
		return "Kiriman terlalu besar."
	}
	return "Permintaan tidak bisa diproses. Kembali ke halaman sebelumnya."
}
