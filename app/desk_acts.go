package app

import (
	"strings"

	"pulih/tickets"
	"pulih/views"
)

// deskAct is a verb as the ticket's page offers it. Its path is the address
// below the ticket, the anchor on the page and the prefix of its fields.
type deskAct struct {
	verb   tickets.Verb
	path   string
	title  string
	opener string // what unfolds it, where that is not its button; "" is the title
	text   string
	look   views.Look
	open   bool // drawn open where it is allowed: the next step
	fields func(path string, f tickets.File) []views.Control
	when   func(tickets.File) bool // besides what the domain says; nil: always
}

var handling = []deskAct{
	{verb: tickets.VerbRelease, path: "pelepasan", title: "Lepaskan"},
	{verb: tickets.VerbTakeOver, path: "pengambilalihan", title: "Ambil alih", when: claims},
	{verb: tickets.VerbTakeOver, path: "pengambilalihan", title: "Kembalikan ke antrean", when: not(claims),
		text: "Petugas lain dapat mengambilnya. Petugas sekarang melihatnya di riwayat."},
	{verb: tickets.VerbIdentify, path: "nip", title: "Betulkan NIP",
		text: "Bukti yang sudah dicocokkan tidak berlaku lagi.", fields: correctNIP},
	{verb: tickets.VerbReclassify, path: "jenis", title: "Ubah jenis", fields: kinds},
	{verb: tickets.VerbMerge, path: "penggabungan", title: "Gabungkan", fields: twins, when: hasTwins,
		text: "Permohonan ini berakhir, yang dipilih berlanjut dan menautkannya. Pesan dan bukti tidak ikut."},
	{verb: tickets.VerbNameEmail, path: "email", title: "Catat email baru", fields: newEmail, when: not(atBKN),
		text: "Ketik alamat yang disebut pemohon. Setelah diperiksa, mengubahnya membatalkan pemeriksaan."},
	{verb: tickets.VerbEscalate, path: "eskalasi", title: "Teruskan ke BKN", fields: escalation, when: not(atBKN),
		text: "Permohonan menunggu sampai jawaban BKN dicatat di sini. Batas waktunya tetap berjalan."},
	{verb: tickets.VerbEscalate, path: "eskalasi", title: "Ubah nomor atau pengingat", fields: escalation, when: atBKN},
}

var claiming = deskAct{verb: tickets.VerbClaim, path: "pengambilan", title: "Ambil permohonan ini", look: views.LookPrimary, open: true}

var replies = []deskAct{
	{verb: tickets.VerbAsk, path: "pertanyaan", title: "Kirim dan tunggu balasan", open: true, when: not(atBKN),
		fields: area("Tulis kepada pemohon", "Jangan menanyakan kata sandi atau kode OTP.")},
	{verb: tickets.VerbAsk, path: "pertanyaan", title: "Kirim kabar", open: true, when: atBKN,
		fields: area("Tulis kabar untuk pemohon", "Ia membacanya di halaman status, dan membalas setelah BKN menjawab.")},
	noting,
}

var noting = deskAct{verb: tickets.VerbNote, path: "catatan", title: "Simpan catatan internal", opener: "Tulis catatan internal",
	fields: area("Catatan", "Hanya dibaca petugas. Jangan menyalin data kepegawaian.")}

var decisions = []deskAct{
	{verb: tickets.VerbCheck, path: "pemeriksaan", title: "Nyatakan identitas terbukti",
		text: "Permohonan lalu menunggu verifikator, yaitu orang lain.",
		look: views.LookPrimary, open: true, fields: otpOnly},
	{verb: tickets.VerbApprove, path: "persetujuan", title: "Setujui",
		text: "Anda menyatakan bukti di atas cukup. Semua alamat pemohon diberi tahu.",
		look: views.LookPrimary, open: true, fields: approval},
	{verb: tickets.VerbEmailCode, path: "kode-email", title: "Kirim kode ke email baru", look: views.LookPrimary, open: true,
		text: "Pemohon membuka email barunya, di HP atau di komputer loket."},
	{verb: tickets.VerbChangeEmail, path: "ganti-email", title: "Ganti email", look: views.LookPrimary, open: true, fields: emailCode,
		text: "Alamat lama masih diberi tahu selama 30 hari."},
	{verb: tickets.VerbUnlock, path: "buka-kunci", title: "Buka kunci sementara", look: views.LookPrimary, fields: optionalWords,
		text: "Hanya jeda kata sandi salah. Kode OTP, penangguhan, dan penonaktifan tidak berubah."},
	{verb: tickets.VerbFreeze, path: "pembekuan", title: "Bekukan akun", look: views.LookDanger,
		text: "Kata sandi berhenti dan sesi berakhir. Permohonan pemilik tidak ditahan.", fields: freezeReason},
	{verb: tickets.VerbAskLift, path: "usul-pembukaan", title: "Usulkan membuka penahanan",
		text: "Orang kedua memutuskan dalam 72 jam.", fields: liftReason},
	{verb: tickets.VerbLift, path: "pembukaan-penahanan", title: "Buka penahanan", look: views.LookPrimary, open: true,
		text: "Anda menyatakan bahwa pemiliknya sendiri yang meminta. Semua alamatnya diberi tahu.", fields: otpOnly},
	{verb: tickets.VerbIssue, path: "penerbitan", title: "Terbitkan kode",
		text: "Kode tampil satu kali, untuk dicetak dan diserahkan.",
		look: views.LookPrimary, open: true, fields: otpOnly},
	{verb: tickets.VerbShowHistory, path: "riwayat", title: "Tunjukkan riwayat akun",
		text: "Untuk pemohon yang hadir dan meminta datanya. Tercatat dan terlihat olehnya.", fields: otpOnly},
	{verb: tickets.VerbSendBack, path: "pengembalian", title: "Kembalikan ke petugas",
		fields: area("Apa yang perlu diperbaiki?", "Bukti harus diperiksa ulang.")},
	{verb: tickets.VerbReturn, path: "jawaban-bkn", title: "Catat jawaban BKN", open: true, look: views.LookPrimary,
		fields: area("Jawaban BKN", "Hanya dibaca petugas. Tulis kabar untuk pemohon sebagai pesan.")},
	{verb: tickets.VerbReopen, path: "pembukaan", title: "Buka kembali",
		fields: area("Mengapa dibuka lagi?", "Pemeriksaan identitas dimulai dari awal.")},
	{verb: tickets.VerbResolve, path: "penyelesaian", title: "Selesaikan", text: "Tanpa mengganti autentikator.", fields: solutions},
	{verb: tickets.VerbRevoke, path: "pencabutan", title: "Cabut kode", look: views.LookDanger,
		fields: area("Mengapa dicabut?", "Persetujuan ikut batal.")},
	{verb: tickets.VerbRefuse, path: "penolakan", title: "Tolak permohonan", look: views.LookDanger, fields: refusals},
}

// asks tells whether the person can answer on a status page.
func asks(f tickets.File) bool { return f.Allowed[tickets.VerbAsk] != tickets.ErrKeyless.Text }

// claims tells whether he is one of those who take requests.
func claims(f tickets.File) bool {
	_, known := f.Allowed[tickets.VerbClaim]
	return known
}

func area(label, hint string) func(string, tickets.File) []views.Control {
	return func(path string, _ tickets.File) []views.Control {
		return []views.Control{{Area: true, Field: views.Field{Name: path + "-teks", Label: label, Hint: hint, Rows: 3}}}
	}
}

// otpOnly: Check, Approve and Issue each want a fresh OTP (impostor 17).
func otpOnly(path string, _ tickets.File) []views.Control {
	return []views.Control{{Field: views.OTPField(path+"-otp", "Kode OTP Anda sendiri")}}
}

// approval asks at the counter for the number of the original, which must be
// the one that the checker typed (impostor 6).
func approval(path string, f tickets.File) []views.Control {
	if f.Channel != tickets.Counter {
		return otpOnly(path, f)
	}
	document := views.Control{Field: views.Field{
		Name: path + "-dokumen", Label: "Nomor salah satu dokumen asli", Mode: "text", Autocomplete: "off",
		Hint: "Pilih satu dokumen asli di depan Anda. Nomornya harus sama dengan yang dilihat petugas.",
	}}
	return append([]views.Control{document}, otpOnly(path, f)...)
}

func solutions(path string, f tickets.File) []views.Control {
	var all []views.Option
	for _, s := range tickets.Solutions(f.Kind) {
		all = append(all, views.Option{Value: string(s), Text: s.Label()})
	}
	return []views.Control{
		{Field: views.Field{Name: path + "-cara", Label: "Apa yang menyelesaikannya?"}, Options: all},
		{Area: true, Field: views.Field{Name: path + "-teks", Label: "Pesan untuk pemohon", Rows: 3, Optional: true}},
	}
}

func refusals(path string, _ tickets.File) []views.Control {
	var all []views.Option
	for _, r := range tickets.RefusalReasons {
		all = append(all, views.Option{Value: string(r), Text: r.Label()})
	}
	return []views.Control{{Field: views.Field{
		Name: path + "-alasan", Label: "Alasan", Hint: "Pemohon membaca alasan ini.",
	}, Options: all}}
}

// secretField tells which typed values are never drawn again.
func secretField(name string) bool { return strings.HasSuffix(name, "-otp") }
