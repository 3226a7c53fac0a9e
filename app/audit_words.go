package app

import (
	"pulih/audit"
	"pulih/tickets"
)

// auditWords say what an action is, to a supervisor.
var auditWords = map[audit.Action]string{
	audit.ResetAsked: "Kode pemulihan diminta", audit.ResetTried: "Kode pemulihan dicoba", audit.ResetFinished: "Kata sandi dipulihkan",
	audit.SignIn: "Masuk", audit.SignOut: "Keluar", audit.SessionsEnded: "Sesi diakhiri", audit.Confirmed: "Perubahan akun dikonfirmasi",
	audit.DeviceAdded: "Autentikator ditambah", audit.DeviceTried: "Autentikator baru dicoba", audit.DeviceEnded: "Autentikator dihentikan",
	audit.PasswordChanged: "Kata sandi diganti pemiliknya", audit.AddressAsked: "Kode email tambahan dikirim", audit.AddressAdded: "Email tambahan dicatat",
	audit.AddressTried: "Kode email tambahan dicoba", audit.AddressRemoved: "Email tambahan dihapus", audit.EmailChanged: "Email akun diganti",
	audit.Frozen: "Akun dibekukan", audit.BackupMade: "Kode cadangan dibuat", audit.BackupUsed: "Kode cadangan dipakai",
	audit.PassIssued: "Kode pendaftaran diterbitkan", audit.PassTried: "Kode pendaftaran dicoba", audit.PassEnded: "Kode pendaftaran berakhir",
	audit.Disowned: "“Bukan saya” ditekan", audit.Blocked: "Permohonan jarak jauh ditahan", audit.Unblocked: "Penahanan dibuka",
	audit.AloneTried: "Ganti autentikator sendiri dicoba", audit.WaitBegun: "Masa tunggu dimulai", audit.WaitReady: "Masa tunggu selesai",
	audit.WaitEnded: "Masa tunggu berakhir", audit.FactorShown: "Bukti tambahan ditunjukkan", audit.RosterImported: "Data pegawai diimpor",
	audit.PersonChanged: "Data pegawai berubah", audit.ChangeProposed: "Perubahan kontak diusulkan impor", audit.StaffAdded: "Petugas ditambah",
	audit.StaffEnrolled: "Petugas aktivasi", audit.StaffRoles: "Peran petugas berubah", audit.StaffDisabled: "Petugas dinonaktifkan",
	audit.StaffReset: "Aktivasi ulang petugas", audit.StaffSignIn: "Petugas masuk", audit.StaffStepUp: "Petugas mengetik OTP baru",
	audit.StaffUnits: "Unit petugas berubah", audit.KeysRotated: "Kunci diganti", audit.MailAccepted: "Email diterima relay",
	audit.MailRefused: "Email ditolak relay", audit.StepSkipped: "Langkah dilompati", audit.LimitHit: "Batas tercapai",
	audit.TicketRead: "Permohonan dibuka petugas", audit.TicketsSearched: "Permohonan dicari", audit.ReplySaved: "Balasan tersimpan dicatat",
	audit.BulkSent: "Balasan massal dikirim", audit.ReplyEnded: "Balasan tersimpan dihapus", audit.ReportRead: "Laporan dibaca",
	audit.ClockPractised: "Entri latihan dibuat", audit.ClockHandedOff: "Latihan dibuka di perangkat lain", audit.ClockTried: "Kode latihan dicoba",
	audit.ClockJudged: "Jam HP dinilai", audit.Activating: "Aktivasi dimulai", audit.Activated: "Akun diaktifkan", audit.Unlocked: "Kunci masuk dibuka",
	audit.OperatorAdded: "Operator unit ditambah", audit.OperatorRemoved: "Operator unit dihapus", audit.WalkAnswered: "Langkah bantuan dijawab",
	audit.WalkClock: "Bantuan ke cek jam", audit.WalkHelper: "Mode pendamping diganti", audit.IncidentProposed: "Pengumuman diusulkan",
	audit.IncidentConfirmed: "Pengumuman dikonfirmasi", audit.IncidentEnded: "Pengumuman diakhiri", audit.AttachmentRead: "Berkas bukti dibuka petugas",
	audit.AttachmentEnded: "Berkas bukti dihapus", audit.DraftAttached: "Berkas disimpan di draf", audit.Rated: "Layanan dinilai",
	audit.ProposalMade: "Usulan dibuat", audit.ProposalConfirmed: "Usulan dikonfirmasi", audit.ProposalEnded: "Usulan diakhiri",
	audit.SettingChanged: "Pengaturan berubah", audit.AuditRead: "Catatan audit dibaca", audit.AuditVerified: "Rantai audit diperiksa",
	audit.HistoryAsked: "Riwayat data diminta", audit.HistoryExported: "Riwayat data diserahkan", audit.IncidentExported: "Daftar insiden diekspor",
	audit.RetentionPurged: "Data jatuh tempo dihapus", audit.FloorMade: "Awal log audit dipindah", audit.Surveyed: "Survei diisi",
	audit.SummarySwitched: "Ringkasan mingguan dinyalakan atau dimatikan", audit.SummarySent: "Ringkasan mingguan dikirim",
	audit.ReportExported: "Laporan diekspor", audit.PersonSought: "Orang dicari dengan NIP", audit.CopyRepaired: "Salinan luar dilengkapi pengelola",
	audit.DataSaved: "Cadangan data dibuat", audit.DataRestored: "Data dipulihkan dari cadangan", audit.DataMoved: "Data dipindah ke basis data lain",
}

// verbWords say what was done to a request.
var verbWords = map[tickets.Verb]string{
	tickets.VerbOpen: "dibuka", tickets.VerbClaim: "diambil", tickets.VerbRelease: "dilepas", tickets.VerbTakeOver: "diambil alih",
	tickets.VerbLetGo: "lepas sendiri", tickets.VerbIdentify: "NIP dibetulkan", tickets.VerbReclassify: "jenis diganti",
	tickets.VerbMerge: "digabung", tickets.VerbTakeIn: "menerima gabungan", tickets.VerbEscalate: "diteruskan ke BKN",
	tickets.VerbRemind: "pengingat BKN", tickets.VerbReturn: "kembali dari BKN", tickets.VerbNote: "catatan internal",
	tickets.VerbAsk: "pertanyaan petugas", tickets.VerbReply: "balasan pemohon", tickets.VerbShowFactor: "bukti tambahan",
	tickets.VerbAddProof: "bukti dicocokkan", tickets.VerbWithdrawProof: "bukti ditarik", tickets.VerbCall: "telepon pemeriksa",
	tickets.VerbCallAgain: "telepon verifikator", tickets.VerbEnterCode: "kode telepon diketik", tickets.VerbCheck: "identitas diperiksa",
	tickets.VerbApprove: "disetujui", tickets.VerbSendBack: "dikembalikan", tickets.VerbMature: "masa tunggu selesai",
	tickets.VerbIssue: "kode diterbitkan", tickets.VerbTakePass: "kode diambil pemohon", tickets.VerbEnrol: "autentikator didaftarkan",
	tickets.VerbLapse: "kode kedaluwarsa", tickets.VerbRevoke: "kode dicabut", tickets.VerbNameEmail: "email baru disebut",
	tickets.VerbEmailCode: "kode ke email baru", tickets.VerbChangeEmail: "email diganti", tickets.VerbUnlock: "kunci dibuka",
	tickets.VerbFreeze: "akun dibekukan", tickets.VerbAskLift: "pembukaan diusulkan", tickets.VerbLift: "penahanan dibuka",
	tickets.VerbVoid: "persetujuan batal", tickets.VerbShowHistory: "riwayat ditunjukkan", tickets.VerbResolve: "diselesaikan",
	tickets.VerbRefuse: "ditolak", tickets.VerbWithdraw: "dibatalkan pemohon", tickets.VerbDisown: "“Bukan saya”",
	tickets.VerbFound: "perangkat lama dipakai", tickets.VerbReopen: "dibuka lagi", tickets.VerbExpire: "kedaluwarsa",
	tickets.VerbAttach: "berkas dikirim", tickets.VerbDetach: "berkas ditarik", tickets.VerbRestore: "dibuka lagi dari cadangan",
}

// actionWords is every action with its words.
func actionWords(a audit.Action) string {
	if words, ok := auditWords[a]; ok {
		return words
	}
	if verb, ok := cutAction(a); ok {
		return "Permohonan: " + verbWords[verb]
	}
	return string(a)
}

func cutAction(a audit.Action) (tickets.Verb, bool) {
	if len(a) <= len(audit.Ticket) || a[:len(audit.Ticket)] != audit.Ticket {
		return "", false
	}
	verb := tickets.Verb(a[len(audit.Ticket):])
	_, known := verbWords[verb]
	return verb, known
}

// detailWords name what stands in the details of an event.
var detailWords = map[string]string{
	"from": "Sebelumnya", "to": "Sesudahnya", "number": "Nomor", "version": "Versi", "note": "Catatan", "words": "Kata yang dicari",
	"shown": "Jumlah yang tampil", "text": "Teks", "people": "Jumlah orang", "numbers": "Nomor-nomor", "file": "Berkas", "name": "Nama",
	"value": "Nilai baru", "second": "Orang kedua", "kind": "Jenis", "about": "Tentang", "roles": "Peran", "agency": "Instansi", "unit": "Unit",
	"title": "Judul", "columns": "Kolom yang berubah", "what": "Yang dikabarkan", "basis": "Dasar", "via": "Lewat", "because": "Karena",
	"flow": "Alur", "step": "Langkah", "symptom": "Gejala", "limit": "Batas", "until": "Sampai", "starts": "Mulai", "ends": "Akhir",
	"actor": "Pelaku yang dicari", "action": "Tindakan yang dicari", "result": "Hasil yang dicari", "figure": "Angka", "of": "Bagian",
	"sealed": "Dalam rantai", "copied": "Dalam salinan", "findings": "Temuan", "network": "Jaringan", "reason": "Alasan", "count": "Jumlah",
	"answer": "Jawaban", "files": "Jumlah berkas", "ticket": "Permohonan", "light": "Lampu", "cause": "Sebab", "method": "Cara",
	"document": "Nomor dokumen asli", "rule": "Aturan simpan", "before": "Sampai dengan",
	"filter": "Saringan", "format": "Bentuk", "rows": "Jumlah baris",
	"size": "Ukuran (byte)", "sha256": "SHA-256", "first": "Kejadian pertama sejak cadangan", "last": "Kejadian terakhir sejak cadangan",
	"events": "Jumlah kejadian sejak cadangan", "frozen": "Akun dibekukan", "staff": "Akun petugas yang perlu diperiksa",
	"undone": "Ditangguhkan", "known": "Akhir salinan", "reopened": "Permohonan dibuka lagi", "lost": "Permohonan yang hilang",
}

// resultWords are the results that are worth looking for.
var resultWords = map[string]string{
	audit.OK: "Berhasil", audit.Refused: "Ditolak", "wrong": "Salah", "expired": "Kedaluwarsa", "paused": "Ditunda",
	"late": "Jam HP terlambat", "early": "Jam HP terlalu cepat", "used": "Sudah dipakai", "locked": "Terkunci", "suspended": "Dihentikan",
	"none": "Tidak ditemukan", "alarm": "Peringatan", "begun": "Dimulai", "cut": "Terputus", "on": "Dinyalakan", "off": "Dimatikan", "accepted": "Diterima", "disowned": "Disangkal pemiliknya",
}
