package tickets

import "pulih/db"

var quality = []figure{
	{Name: AnswerJudged, again: firstCycle, Label: "Target respons pertama yang jatuh dalam periode ini",
		Sheet: Sheet{Set: "Permohonan yang diisi pemohon sendiri: yang direspons dalam 4 jam kerja, dan semua yang 4 jam kerjanya lewat tanpa respons, juga yang masih terbuka.",
			Clock: "Jam kerja instansi.", Start: "Diajukan.", End: "Respons pertama, atau 4 jam kerja lewat.", Calendar: atItsEnd},
		when: answerJudged},
	{Name: AnswerKept, again: firstCycle, Label: "Direspons dalam 4 jam kerja", of: AnswerJudged,
		Sheet: Sheet{Set: "Dari yang target respons pertamanya jatuh dalam periode ini: direspons dalam 4 jam kerja.",
			Clock: "Jam kerja instansi.", Start: "Diajukan.", End: "Respons pertama.", Calendar: atItsEnd},
		when: func(m *Measure, f *frame) db.Time { return when(!unanswered(m, f), answerJudged(m, f)) }},
	{Name: Judged, Label: "Target yang jatuh dalam periode ini", by: []Dimension{ByUnit},
		Sheet: Sheet{Set: "Permohonan yang selesai atau ditolak sebelum targetnya lewat, dan semua yang targetnya lewat dalam periode ini, " +
			"juga yang masih terbuka. Yang dibatalkan, kedaluwarsa, atau digabung sebelum targetnya lewat tidak dihitung.",
			Clock: workClock, Start: atFiling, End: "Berakhir, atau target lewat.", Calendar: atItsEnd},
		when: judged},
	{Name: Kept, Label: "Tepat waktu", of: Judged, by: []Dimension{ByUnit},
		Sheet: Sheet{Set: "Dari yang targetnya jatuh dalam periode ini: selesai atau ditolak sebelum target lewat.", Clock: workClock,
			Start: atFiling, End: "Selesai atau ditolak.", Calendar: atItsEnd},
		when: func(m *Measure, f *frame) db.Time { return when(!late(m, f), judged(m, f)) }},
	{Name: Missed, Label: "Melewati target", of: Judged,
		Sheet: Sheet{Set: "Dari yang targetnya jatuh dalam periode ini: target lewat sebelum berakhir. Yang masih terbuka dan sudah lewat ikut dihitung.",
			Clock: workClock, Start: atFiling, End: "Target lewat.", Calendar: atItsEnd},
		when: func(m *Measure, f *frame) db.Time { return when(late(m, f), judged(m, f)) }},
	{Name: Settled, Label: "Selesai lebih dari 7 hari lalu",
		Sheet: Sheet{Set: "Dari yang selesai dalam periode ini: yang sudah lewat tujuh hari, sehingga diketahui apakah dibuka lagi.", Clock: "Waktu selesai."},
		when:  settled},
	{Name: Reopened, Label: "Dibuka lagi dalam 7 hari", of: Settled,
		Sheet: Sheet{Set: "Dari yang selesai dalam periode ini lebih dari tujuh hari lalu: dibuka lagi dalam tujuh hari sesudahnya.", Clock: "Waktu selesai."},
		when: func(m *Measure, f *frame) db.Time {
			return when(m.Reopened != 0 && m.Reopened <= m.Ended.Add(reopenable), settled(m, f))
		}},
	{Name: OneTouch, again: firstCycle, Label: "Selesai dengan sekali kontak", of: Settled,
		Sheet: Sheet{Set: "Dari yang selesai dalam periode ini lebih dari tujuh hari lalu: pada kali pertama, dengan paling banyak satu balasan petugas, " +
			"tidak dibuka lagi, dan tanpa permohonan lain dari NIP yang sama dalam tujuh hari sesudahnya.", Clock: "Waktu selesai."},
		when: func(m *Measure, f *frame) db.Time {
			return when(m.Cycle == 1 && m.Replies <= 1 && m.Reopened == 0 && m.Again == 0, settled(m, f))
		}},
	{Name: Repeat, again: firstCycle, Label: "Diajukan lagi dalam 30 hari", of: Arrived,
		Sheet: Sheet{Set: "Dari permohonan yang masuk dalam periode ini: dengan NIP yang sudah mengajukan permohonan lain dalam 30 hari sebelumnya, " +
			"jenis apa pun, juga yang kemudian digabung. NIP yang keliru dihitung menurut pembetulannya. " + noFraud, Clock: "Waktu pengajuan."},
		when: func(m *Measure, _ *frame) db.Time { return when(m.Cycle == 1 && m.repeats(), m.Opened) }},
}

var stock = []figure{
	{Name: Backlog, again: oneCycle, Label: "Masih terbuka di akhir periode",
		Sheet: Sheet{Set: "Semua permohonan yang sudah diajukan dan belum berakhir pada akhir periode, atau sekarang bila periode belum lewat. " + noFraud}},
	{Name: Age4h, again: oneCycle, of: Backlog, Label: "Kurang dari 4 jam kerja", Sheet: aged("kurang dari 4 jam")},
	{Name: Age8h, again: oneCycle, of: Backlog, Label: "4 sampai 8 jam kerja", Sheet: aged("4 jam sampai kurang dari 8 jam")},
	{Name: Age2d, again: oneCycle, of: Backlog, Label: "8 jam sampai 2 hari kerja", Sheet: aged("8 jam sampai kurang dari 2 hari kerja")},
	{Name: Age5d, again: oneCycle, of: Backlog, Label: "2 sampai 5 hari kerja", Sheet: aged("2 sampai kurang dari 5 hari kerja")},
	{Name: AgeOver, again: oneCycle, of: Backlog, Label: "5 hari kerja atau lebih", Sheet: aged("5 hari kerja atau lebih")},
}

var security = []figure{
	{Name: WrongItems, Label: "Data yang tidak cocok",
		Sheet: Sheet{Set: "Setiap data, dokumen, atau kode telepon yang tidak cocok dengan catatan. Satu permohonan dapat dihitung beberapa kali.", Clock: "Waktu diperiksa."},
		each:  func(k *Mark) bool { return k.Verb == VerbAddProof }},
	{Name: NotMine, Label: "“Bukan saya”",
		Sheet: Sheet{Set: "Permohonan yang dilaporkan pemilik akun dengan “Bukan saya”.", Clock: "Waktu laporan."},
		when:  func(m *Measure, _ *frame) db.Time { return m.Disowned }},
	{Name: Unsure, Label: "Ditolak karena identitas", of: Decided,
		Sheet: Sheet{Set: "Permohonan yang ditolak dalam periode ini dengan alasan “" + NotHis.Label() + "” Persentase: dari yang selesai dan yang ditolak.",
			Clock: "Waktu penolakan."},
		when: func(m *Measure, _ *frame) db.Time {
			return when(m.End == Refused && m.Outcome == NotHis.Label(), m.Ended)
		}},
	{Name: LapsedCodes, Label: "Kode pendaftaran lewat waktu",
		Sheet: Sheet{Set: "Setiap kode pendaftaran yang tidak dipakai sampai waktunya habis. Satu permohonan dapat dihitung beberapa kali.", Clock: "Waktu kode habis."},
		each:  func(k *Mark) bool { return k.Verb == VerbLapse }},
	{Name: Checks, Label: "Pemeriksaan identitas", by: []Dimension{ByDoer},
		Sheet: Sheet{Set: "Setiap pemeriksaan identitas yang lengkap, juga yang kemudian dikembalikan atau ditolak.", Clock: "Waktu diperiksa."},
		each:  func(k *Mark) bool { return k.Verb == VerbCheck }},
	{Name: Rulings, Label: "Keputusan orang kedua", by: []Dimension{ByDoer},
		Sheet: Sheet{Set: "Setiap keputusan atas pemeriksaan orang lain: disetujui, dikembalikan, atau ditolak.", Clock: "Waktu keputusan."},
		each:  (*Mark).rules},
}

func aged(band string) Sheet {
	return Sheet{Set: "Permohonan terbuka yang umurnya " + band + ".", Clock: "Jam kerja instansi, juga selama menunggu pemohon.",
		Start: atFiling, End: "Akhir periode, atau sekarang.", Calendar: "Kalender instansi yang berlaku sekarang."}
}

// settled is when a cycle was done whose seven days are over: before, nobody
// knows whether it stays so.
func settled(m *Measure, f *frame) db.Time {
	return when(m.End == Done && m.Ended.Add(reopenable) < f.now, m.Ended)
}

// unanswered tells whether the target of the first answer was passed without
// one, while the request was open.
func unanswered(m *Measure, f *frame) bool {
	until := f.asOf
	if m.End != None {
		until = min(until, m.Ended)
	}
	if m.Answered != 0 {
		until = min(until, m.Answered)
	}
	return m.AnswerDue != 0 && m.AnswerDue < until
}

// answerJudged is the one moment at which a first answer is judged: when its
// target was passed, or else when it came.
func answerJudged(m *Measure, f *frame) db.Time {
	if unanswered(m, f) {
		return m.AnswerDue
	}
	return when(m.AnswerDue != 0, m.Answered)
}

// late tells whether the target was reached before the end: what is open and
// overdue is late already.
func late(m *Measure, f *frame) bool {
	return m.Late || m.End == None && m.Due != 0 && m.Due < f.asOf
}

// judged is the one moment at which a cycle's target is judged: when it was
// passed, or else when the desk ended the cycle.
func judged(m *Measure, f *frame) db.Time {
	if late(m, f) {
		return m.Due
	}
	return when(m.End == Done || m.End == Refused, m.Ended)
}
