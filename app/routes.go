package app

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
)

// The methods of the table. A GET serves HEAD too.
const (
	get  = http.MethodGet
	post = http.MethodPost
)

// route is one line of the table: who may, and which handler.
type route struct {
	Method, Path string
	Guard        guard
	Handle       func(*App, echo.Context) error
}

// routes is the whole of Pulih's outside. What is not here does not exist,
// and every line has its guard (law 9, ST-10); a golden file shows each
// change of it.
var routes = []route{
	{get, "/", anyone, (*App).start},
	{get, "/sehat", anyone, (*App).healthy},
	{get, "/siap", anyone, (*App).ready},
	{get, "/robots.txt", anyone, (*App).robots},
	{get, "/static/:name", anyone, (*App).static},
	{get, "/gerbang/:id", anyone, (*App).showCaptcha},

	{get, "/pulihkan", anyone, (*App).resetNIP},
	{post, "/pulihkan", anyone, (*App).startReset},
	{get, "/pulihkan/email", anyone, (*App).resetEmail},
	{post, "/pulihkan/email", anyone, (*App).askResetCode},
	{get, "/pulihkan/kode", anyone, (*App).resetCode},
	{post, "/pulihkan/kode", anyone, (*App).tryResetCode},
	{get, "/pulihkan/kode/:token", anyone, (*App).moveResetLink},
	{get, "/pulihkan/tautan", anyone, (*App).resetLink},
	{post, "/pulihkan/tautan", anyone, (*App).takeResetLink},
	{get, "/pulihkan/sandi", anyone, (*App).resetPassword},
	{post, "/pulihkan/sandi", anyone, (*App).finishReset},
	{get, "/pulihkan/sandi/usulan", anyone, (*App).resetPhrase},

	{get, "/pulihkan-mfa", anyone, (*App).alonePage},
	{post, "/pulihkan-mfa", anyone, (*App).beginAlone},
	{get, "/pulihkan-mfa/email", anyone, (*App).resetEmail},
	{post, "/pulihkan-mfa/email", anyone, (*App).askResetCode},
	{get, "/pulihkan-mfa/kode", anyone, (*App).resetCode},
	{post, "/pulihkan-mfa/kode", anyone, (*App).tryResetCode},
	{get, "/pulihkan-mfa/kode/:token", anyone, (*App).moveResetLink},
	{get, "/pulihkan-mfa/tautan", anyone, (*App).resetLink},
	{post, "/pulihkan-mfa/tautan", anyone, (*App).takeResetLink},
	{get, "/pulihkan-mfa/mulai", anyone, (*App).aloneBegin},
	{post, "/pulihkan-mfa/mulai", anyone, (*App).beginWait},
	{get, "/pulihkan-mfa/tunggu", anyone, (*App).aloneWait},
	{get, "/pulihkan-mfa/lanjut/:token", anyone, (*App).moveWaitLink},

	{get, "/aktivasi", anyone, (*App).resetNIP},
	{post, "/aktivasi", anyone, (*App).startReset},
	{get, "/aktivasi/email", anyone, (*App).resetEmail},
	{post, "/aktivasi/email", anyone, (*App).askResetCode},
	{get, "/aktivasi/kode", anyone, (*App).resetCode},
	{post, "/aktivasi/kode", anyone, (*App).tryResetCode},
	{get, "/aktivasi/kode/:token", anyone, (*App).moveResetLink},
	{get, "/aktivasi/tautan", anyone, (*App).resetLink},
	{post, "/aktivasi/tautan", anyone, (*App).takeResetLink},
	{get, "/aktivasi/sandi", anyone, (*App).resetPassword},
	{post, "/aktivasi/sandi", anyone, (*App).beginActivation},
	{get, "/aktivasi/sandi/usulan", anyone, (*App).resetPhrase},

	{get, "/buka-kunci", anyone, (*App).resetNIP},
	{post, "/buka-kunci", anyone, (*App).startReset},
	{get, "/buka-kunci/email", anyone, (*App).resetEmail},
	{post, "/buka-kunci/email", anyone, (*App).askResetCode},
	{get, "/buka-kunci/kode", anyone, (*App).resetCode},
	{post, "/buka-kunci/kode", anyone, (*App).tryResetCode},
	{get, "/buka-kunci/kode/:token", anyone, (*App).moveResetLink},
	{get, "/buka-kunci/tautan", anyone, (*App).resetLink},
	{post, "/buka-kunci/tautan", anyone, (*App).takeResetLink},

	{get, "/masuk", anyone, (*App).signInPage},
	{post, "/masuk", anyone, (*App).signIn},
	{post, "/keluar", account, (*App).signOut},
	{get, "/akun", account, (*App).accountPage},
	{post, "/akun/sesi", account, (*App).endSessions},
	{post, "/akun/sesi/:id", account, (*App).endSession},
	{get, "/akun/autentikator", account, (*App).newDevice},
	{post, "/akun/autentikator", account, (*App).addDevice},
	{get, "/akun/autentikator/:id", account, (*App).deviceToRemove},
	{post, "/akun/autentikator/:id", account, (*App).removeDevice},
	{get, "/akun/kode-cadangan", account, (*App).backupPage},
	{post, "/akun/kode-cadangan", account, (*App).makeBackup},
	{get, "/akun/sandi", account, (*App).ownPassword},
	{post, "/akun/sandi", account, (*App).changePassword},
	{get, "/akun/sandi/usulan", account, (*App).ownPhrase},
	{get, "/akun/email", account, (*App).emailPage},
	{post, "/akun/email", account, (*App).askEmail},
	{get, "/akun/email/kode", account, (*App).emailCode},
	{post, "/akun/email/kode", account, (*App).proveEmail},
	{get, "/akun/email/:id", account, (*App).emailToRemove},
	{post, "/akun/email/:id", account, (*App).removeEmail},

	{get, "/bukan-saya/:token", anyone, (*App).disownPage},
	{post, "/bukan-saya/:token", anyone, (*App).disown},

	{get, guidePath, anyone, (*App).guideIndex},
	{get, "/panduan/:halaman", anyone, (*App).guidePage},
	{get, "/bantuan", anyone, (*App).help},
	{post, "/bantuan", anyone, (*App).helpMatch},
	{get, "/bantuan/pilih/:pertanyaan", anyone, (*App).helpQuestion},
	{get, "/bantuan/pendamping", anyone, (*App).helpHelper},
	{post, "/bantuan/pendamping", anyone, (*App).helpHelperSwitch},
	{post, "/bantuan/ulang", anyone, (*App).helpForget},
	{get, solvedAddress, anyone, (*App).helpSolved},
	{get, "/bantuan/:gejala", anyone, (*App).helpSymptom},
	{get, "/bantuan/:gejala/petugas", anyone, (*App).helpToAgent},
	{get, "/bantuan/:gejala/cetak", anyone, (*App).helpPrint},
	{get, "/bantuan/:gejala/:langkah", anyone, (*App).helpStep},
	{post, "/bantuan/:gejala/:langkah", anyone, (*App).helpAnswer},
	{post, "/bantuan/:gejala/:langkah/jam", anyone, (*App).helpClock},

	{get, "/cek-jam", anyone, (*App).clock},
	{get, "/cek-jam/waktu", anyone, (*App).clockTime},
	{post, "/cek-jam/ukur", anyone, (*App).clockMeasured},
	{post, "/cek-jam/lihat", anyone, (*App).clockRead},
	{get, clockStreamPath, anyone, (*App).clockStream},
	{get, "/cek-jam/hasil", anyone, (*App).clockVerdict},
	{post, "/cek-jam/latihan", anyone, (*App).beginPractice},
	{get, "/cek-jam/latihan", anyone, (*App).practice},
	{post, "/cek-jam/latihan/kode", anyone, (*App).tryPractice},
	{get, "/cek-jam/:token", anyone, (*App).practiceHandOff},
	{post, "/cek-jam/:token", anyone, (*App).takePractice},

	{get, "/petugas", anyStaff, (*App).staffHome},
	{get, "/petugas/masuk", anyone, (*App).staffSignInPage},
	{post, "/petugas/masuk", anyone, (*App).staffSignIn},
	{post, "/petugas/keluar", anyStaff, (*App).staffSignOut},
	{get, "/petugas/aktivasi", anyone, (*App).staffSetupPage},
	{post, "/petugas/aktivasi", anyone, (*App).staffSetup},
	{get, "/petugas/aktivasi/kode", anyone, (*App).staffDevicePage},
	{post, "/petugas/aktivasi/kode", anyone, (*App).staffDevice},

	{get, "/petugas/antrean", deskStaff, (*App).queue},
	{post, "/petugas/antrean/pengambilan", petugas, (*App).claimNext},
	{post, bulkPath, petugas, (*App).bulk},
	{get, bulkWaiting, deskStaff, (*App).bulkReplies},
	{get, "/petugas/balasan-massal/:id", deskStaff, (*App).bulkReply},
	{post, "/petugas/balasan-massal/:id/konfirmasi", petugas, (*App).confirmBulk},
	{post, "/petugas/balasan-massal/:id/akhir", deskStaff, (*App).dropBulk},
	{get, searchPath, deskStaff, (*App).search},
	{post, searchPath, deskStaff, (*App).seek},
	{get, keysPath, deskStaff, (*App).keysPage},
	{post, keysPath, deskStaff, (*App).setKeys},
	{get, streamPath, deskStaff, (*App).stream},
	{get, "/petugas/tiket/baru", petugas, (*App).newAtCounter},
	{post, "/petugas/tiket", petugas, (*App).openAtCounter},
	{get, "/petugas/tiket/:no", deskStaff, (*App).desk},
	{get, "/petugas/tiket/:no/waktu", deskStaff, (*App).deskTime},
	{post, "/petugas/tiket/:no/pengambilan", petugas, (*App).claim},
	{post, "/petugas/tiket/:no/pelepasan", petugas, (*App).release},
	{post, "/petugas/tiket/:no/pengambilalihan", penyelia, (*App).takeOver},
	{post, "/petugas/tiket/:no/pertanyaan", petugas, (*App).ask},
	{post, "/petugas/tiket/:no/catatan", deskStaff, (*App).note},
	{post, "/petugas/tiket/:no/nip", petugas, (*App).identify},
	{post, "/petugas/tiket/:no/jenis", petugas, (*App).reclassify},
	{post, "/petugas/tiket/:no/penggabungan", petugas, (*App).merge},
	{post, "/petugas/tiket/:no/eskalasi", petugas, (*App).escalate},
	{post, "/petugas/tiket/:no/jawaban-bkn", petugas, (*App).returnFromBKN},
	{post, "/petugas/tiket/:no/pembukaan", petugas, (*App).reopen},
	{post, "/petugas/tiket/:no/email", petugas, (*App).nameEmailAtCounter},
	{post, "/petugas/tiket/:no/kode-email", petugas, (*App).emailCodeAtCounter},
	{post, "/petugas/tiket/:no/ganti-email", petugas, (*App).changeEmailAtCounter},
	{post, "/petugas/tiket/:no/buka-kunci", petugas, (*App).unlock},
	{post, "/petugas/tiket/:no/pembekuan", petugas, (*App).freeze},
	{post, "/petugas/tiket/:no/usul-pembukaan", petugas, (*App).askLift},
	{post, "/petugas/tiket/:no/pembukaan-penahanan", verifikator, (*App).lift},
	{post, "/petugas/tiket/:no/bukti", petugas, (*App).addProof},
	{post, "/petugas/tiket/:no/bukti/:bukti/penarikan", petugas, (*App).withdrawProof},
	{get, "/petugas/tiket/:no/berkas/:berkas", agents, (*App).filePage},
	{get, "/petugas/tiket/:no/berkas/:berkas/isi", agents, (*App).fileContent},
	{post, "/petugas/tiket/:no/telepon", agents, (*App).callCode},
	{post, "/petugas/tiket/:no/pemeriksaan", petugas, (*App).checkIdentity},
	{post, "/petugas/tiket/:no/persetujuan", verifikator, (*App).approve},
	{post, "/petugas/tiket/:no/pengembalian", verifikator, (*App).sendBack},
	{post, "/petugas/tiket/:no/penolakan", agents, (*App).refuse},
	{post, "/petugas/tiket/:no/penyelesaian", petugas, (*App).resolve},
	{post, "/petugas/tiket/:no/penerbitan", petugas, (*App).issue},
	{post, "/petugas/tiket/:no/pencabutan", petugas, (*App).revoke},
	{post, "/petugas/tiket/:no/riwayat", petugas, (*App).ownHistory},
	{get, savedPath, deskStaff, (*App).savedReplies},
	{post, savedPath, penyelia, (*App).saveReply},
	{post, "/petugas/balasan/:id", penyelia, (*App).saveReply},
	{post, "/petugas/balasan/:id/akhir", penyelia, (*App).endReply},
	{get, incidentPath, deskStaff, (*App).incidents},
	{post, incidentPath, petugas, (*App).proposeIncident},
	{post, "/petugas/gangguan/:id/konfirmasi", confirmers, (*App).confirmIncident},
	{post, "/petugas/gangguan/:id/akhir", deskStaff, (*App).endIncident},
	{get, settingsPath, settlers, (*App).settings},
	{get, settingsPath + "/usulan/:id", settlers, (*App).proposal},
	{post, settingsPath + "/usulan/:id/konfirmasi", settlers, (*App).confirmProposal},
	{post, settingsPath + "/usulan/:id/akhir", settlers, (*App).endProposal},
	{get, staffListPath, admin, (*App).staffList},
	{post, staffListPath, admin, (*App).proposeStaff},
	{get, staffListPath + "/baru", admin, (*App).staffNew},
	{get, staffListPath + "/:id", admin, (*App).member},
	{post, staffListPath + "/:id/peran", admin, (*App).changeRoles},
	{post, staffListPath + "/:id/unit", admin, (*App).changeUnits},
	{post, staffListPath + "/:id/mfa", admin, (*App).proposeReset},
	{post, staffListPath + "/:id/penonaktifan", admin, (*App).disableMember},
	{get, calendarPath, admin, (*App).calendar},
	{post, calendarPath, admin, (*App).setCalendar},
	{get, targetsPath, admin, (*App).targets},
	{post, targetsPath, admin, (*App).setTargets},
	{get, networksPath, admin, (*App).counterNetworks},
	{post, networksPath, admin, (*App).setNetworks},
	{get, evidencePath, admin, (*App).evidence},
	{post, evidencePath, admin, (*App).setEvidence},
	{get, retentionPath, settlers, (*App).retention},
	{get, "/petugas/laporan", penyelia, (*App).report},
	{get, "/petugas/laporan/daftar", penyelia, (*App).reportList},
	{get, exportPath, penyelia, (*App).export},
	{post, exportPath, penyelia, (*App).sendExport},
	{get, exportPath + "/:id", penyelia, (*App).exportJob},
	{get, exportPath + "/:id/berkas", penyelia, (*App).exportFile},
	{get, ikmPath, penyelia, (*App).ikm},
	{get, pairsPath, penyelia, (*App).reportPair},
	{get, summaryPath, penyelia, (*App).summary},
	{post, summaryPath, penyelia, (*App).switchSummary},
	{get, auditPath, penyelia, (*App).auditLog},
	{post, auditPath, penyelia, (*App).auditSeek},
	{get, chainPath, penyelia, (*App).chain},
	{post, chainPath, penyelia, (*App).startCheck},
	{get, affectedPath, penyelia, (*App).affected},
	{post, affectedPath, penyelia, (*App).sendAffected},
	{get, accessPath, askers, (*App).accessRequests},
	{post, accessPath, askers, (*App).askAccess},
	{get, accessPath + "/:id", askers, (*App).accessRequest},
	{post, accessPath + "/:id", penyelia, (*App).handHistory},

	{get, "/demo/autentikator", demoOnly, (*App).demoPhones},
	{post, "/demo/autentikator", demoOnly, (*App).addDemoPhone},
	{get, "/demo/kotak-surat", demoOnly, (*App).mailbox},
	{get, "/demo/kotak-surat/:id", demoOnly, (*App).mailboxLetter},

	{get, requestPath, anyone, (*App).requestTasks},
	{post, requestPath, anyone, (*App).requestBegin},
	{post, "/tiket/baru/lanjut", anyone, (*App).requestResume},
	{post, "/tiket/baru/hapus", anyone, (*App).requestForget},
	{get, requestFilesPath, anyone, (*App).draftFiles},
	{post, requestFilesPath, anyone, (*App).draftSend},
	{post, "/tiket/baru/berkas/:berkas/penarikan", anyone, (*App).draftBack},
	{post, "/tiket/baru/gerbang", anyone, (*App).draftGate},
	{get, requestCheckPath, anyone, (*App).requestCheck},
	{post, requestCheckPath, anyone, (*App).requestSend},
	{get, "/tiket/baru/:bagian", anyone, (*App).partAsk},
	{post, "/tiket/baru/:bagian", anyone, (*App).partSave},
	{get, "/tiket", anyone, (*App).statusAsk},
	{post, "/tiket", anyone, (*App).statusFind},
	{get, "/tiket/:no", anyone, (*App).status},
	{post, "/tiket/:no/disimpan", holder, (*App).receiptSaved},
	{get, "/tiket/:no/bukti", holder, (*App).factorAsk},
	{post, "/tiket/:no/bukti", holder, (*App).factorShow},
	{get, "/tiket/:no/berkas", holder, (*App).filesAsk},
	{post, "/tiket/:no/berkas", holder, (*App).filesSend},
	{post, "/tiket/:no/berkas/:berkas/penarikan", holder, (*App).fileBack},
	{get, "/tiket/:no/telepon", holder, (*App).callAsk},
	{post, "/tiket/:no/telepon", holder, (*App).callEnter},
	{get, "/tiket/:no/kode", holder, (*App).passAsk},
	{post, "/tiket/:no/kode", holder, (*App).passTake},
	{post, "/tiket/:no/penilaian", holder, (*App).rate},
	{get, "/tiket/:no/survei", holder, (*App).surveyAsk},
	{post, "/tiket/:no/survei", holder, (*App).survey},
	{post, "/tiket/:no/pesan", holder, (*App).replyOfPerson},
	{get, "/tiket/:no/pembatalan", holder, (*App).withdrawAsk},
	{post, "/tiket/:no/pembatalan", holder, (*App).withdraw},
	{get, "/tiket/:no/email", holder, (*App).newEmailAsk},
	{post, "/tiket/:no/email", holder, (*App).newEmailName},
	{post, "/tiket/:no/email/kode", holder, (*App).newEmailCode},
	{get, "/tiket/:no/email/ganti", holder, (*App).emailChangeAsk},
	{post, "/tiket/:no/email/ganti", holder, (*App).emailChange},
	{get, "/tiket/:no/pembukaan", holder, (*App).reopenAsk},
	{post, "/tiket/:no/pembukaan", holder, (*App).reopenByPerson},
	{post, "/tiket/:no/tutup", holder, (*App).statusClose},

	{get, cardPath, anyone, (*App).card},
	{get, "/daftar-mfa", anyone, (*App).enrolAsk},
	{post, "/daftar-mfa", anyone, (*App).enrolOpen},
	{get, "/daftar-mfa/perangkat", anyone, (*App).enrolDevice},
	{post, "/daftar-mfa/perangkat", anyone, (*App).enrolConfirm},
	{get, "/daftar-mfa/selesai", anyone, (*App).enrolDone},
}

// The roles as guards.
var (
	petugas     = staff(accounts.Agent)
	verifikator = staff(accounts.Approver)
	agents      = staff(accounts.Agent, accounts.Approver)
	deskStaff   = staff(accounts.Agent, accounts.Approver, accounts.Supervisor)
	penyelia    = staff(accounts.Supervisor)
	askers      = staff(accounts.Agent, accounts.Supervisor)
	admin       = staff(accounts.Admin)
	settlers    = staff(accounts.Admin, accounts.Supervisor)
	confirmers  = staff(accounts.Approver, accounts.Supervisor)
	anyStaff    = staff(accounts.Agent, accounts.Approver, accounts.Supervisor, accounts.Admin)
)

func (a *App) install(e *echo.Echo) {
	for _, r := range routes {
		handle := r.Handle
		guarded := func(c echo.Context) error {
			if err := r.Guard.check(a, c); err != nil {
				return err
			}
			return handle(a, c)
		}
		e.Add(r.Method, r.Path, guarded)
		if r.Method == get {
			e.Add(http.MethodHead, r.Path, guarded)
		}
	}
}
