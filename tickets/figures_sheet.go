package tickets

import (
	"slices"
	"time"

	"pulih/db"
)

// Parts of definitions that many figures share.
const (
	noFraud   = "Kasus penipuan, yang dibuka Pulih sendiri, tidak dihitung."
	workClock = "Jam kerja instansi, tanpa waktu menunggu jawaban pemohon. Masa tunggu keamanan dan waktu di BKN ikut dihitung."
	wallClock = "Waktu kalender, siang dan malam."
	atItsEnd  = "Kalender instansi yang berlaku saat permohonan terakhir kali berakhir. Selama terbuka: yang berlaku sekarang."
	atFiling  = "Diajukan. Permohonan yang dibuka lagi: saat dibuka lagi."
	resolved  = "Permohonan yang selesai dalam periode ini, kapan pun diajukan, juga yang melewati target. "
)

// sheet is the one definition of each figure.
var sheet = slices.Concat(flow, times, quality, stock, security)

var flow = []figure{
	{Name: Arrived, again: firstCycle, Label: "Permohonan masuk", by: []Dimension{ByKind, ByChannel, ByLevel, ByUnit, ByCause, ByUnitCause, ByHour},
		Sheet: Sheet{Set: "Semua permohonan yang diajukan dalam periode ini, juga yang kemudian digabung, ditolak, atau dibatalkan. " + noFraud, Clock: "Waktu pengajuan."},
		when:  func(m *Measure, _ *frame) db.Time { return when(m.Cycle == 1, m.Opened) }},
	{Name: Reopenings, Label: "Dibuka lagi",
		Sheet: Sheet{Set: "Permohonan yang sudah berakhir dan dibuka lagi dalam periode ini, setiap kali dihitung sendiri.", Clock: "Waktu dibuka lagi."},
		when:  func(m *Measure, _ *frame) db.Time { return when(m.Cycle > 1, m.Opened) }},
	{Name: Resolved, Label: "Permohonan selesai", by: []Dimension{ByKind, ByChannel, ByLevel, ByUnit, ByOutcome, ByAgent},
		Sheet: Sheet{Set: "Semua permohonan yang selesai dalam periode ini, kapan pun diajukan. Yang dibuka lagi dan selesai lagi dihitung lagi. " +
			"Yang kemudian dilaporkan “Bukan saya” tidak dihitung.", Clock: "Waktu selesai."},
		when: func(m *Measure, _ *frame) db.Time { return when(m.End == Done, m.Ended) }},
	{Name: Declined, Label: "Permohonan ditolak", of: Decided, by: []Dimension{ByOutcome},
		Sheet: Sheet{Set: "Permohonan yang ditolak dalam periode ini. Persentase: dari yang selesai dan yang ditolak.", Clock: "Waktu penolakan."},
		when:  func(m *Measure, _ *frame) db.Time { return when(m.End == Refused, m.Ended) }},
	{Name: Dropped, Label: "Berakhir dengan cara lain", by: []Dimension{ByEnd},
		Sheet: Sheet{Set: "Permohonan yang dibatalkan, kedaluwarsa, digabung, atau dilaporkan “Bukan saya”, menurut waktu berakhirnya."},
		when: func(m *Measure, _ *frame) db.Time {
			return when(!m.End.Live() && m.End != Done && m.End != Refused, m.Ended)
		}},
	{Name: Decided, Label: "Diputus", Sheet: Sheet{Set: "Permohonan yang selesai atau ditolak dalam periode ini.", Clock: "Waktu berakhir."},
		when: func(m *Measure, _ *frame) db.Time { return when(m.End == Done || m.End == Refused, m.Ended) }},
	{Name: Invited, Label: "Diminta menilai", Sheet: Sheet{Set: "Permohonan yang selesai atau ditolak dalam periode ini. " +
		"Yang dibuka lagi dihitung setiap kali berakhir.", Clock: "Waktu berakhir."}, when: mayRate},
}

// mayRate are the ends after which a person is asked how it went.
func mayRate(m *Measure, _ *frame) db.Time {
	return when(slices.Contains(rated, m.End) || m.End == Disowned && m.Ended != m.Disowned, m.Ended)
}

var times = []figure{
	{Name: Response, Label: "Respons pertama", by: []Dimension{ByBand},
		Sheet: Sheet{Set: "Permohonan yang mendapat respons pertama dalam periode ini, kecuali yang diisi petugas di loket.",
			Clock: "Jam kerja instansi.", Start: atFiling,
			End:      "Pertanyaan, panggilan, pemeriksaan, atau keputusan pertama dari petugas yang terlihat oleh pemohon. Email otomatis tidak dihitung.",
			Calendar: atItsEnd},
		when: func(m *Measure, _ *frame) db.Time { return when(m.Self || m.Cycle > 1, m.Answered) },
		took: func(m *Measure) time.Duration { return m.AnsweredWork }},
	{Name: Identity, Label: "Sampai identitas terverifikasi", by: []Dimension{ByLevel},
		Sheet: Sheet{Set: "Permohonan yang identitasnya diperiksa dalam periode ini. Pemeriksaan yang dikembalikan tidak dihitung.",
			Clock: workClock, Start: atFiling, End: "Pemeriksaan identitas yang berlaku.", Calendar: atItsEnd},
		when: func(m *Measure, _ *frame) db.Time { return m.Checked },
		took: func(m *Measure) time.Duration { return m.CheckedWork }},
	{Name: Approval, Label: "Menunggu persetujuan", by: []Dimension{ByLevel},
		Sheet: Sheet{Set: "Permohonan yang pemeriksaan terakhirnya diputus orang kedua dalam periode ini: disetujui, dikembalikan, atau ditolak.",
			Clock: "Jam kerja instansi.", Start: "Identitas diperiksa.", End: "Keputusan orang kedua.", Calendar: atItsEnd},
		when: func(m *Measure, _ *frame) db.Time { return m.Ruled },
		took: func(m *Measure) time.Duration { return m.RuledWork }},
	{Name: Reissue, Label: "Sampai akses diberikan lagi", by: []Dimension{ByLevel},
		Sheet: Sheet{Set: "Permohonan yang kode pendaftarannya terakhir diberikan, atau emailnya diganti, dalam periode ini.",
			Clock: workClock, Start: atFiling, End: "Kode pendaftaran diberikan, atau email baru berlaku.", Calendar: atItsEnd},
		when: func(m *Measure, _ *frame) db.Time { return m.Reissued },
		took: func(m *Measure) time.Duration { return m.ReissuedWork }},
	{Name: FullWork, again: oneCycle, Label: "Penyelesaian penuh, jam kerja", by: []Dimension{ByKind, ByChannel, ByLevel, ByUnit, ByAgent},
		Sheet: Sheet{Set: resolved + "Yang dibuka lagi dihitung sekali, dengan penyelesaian terakhirnya.",
			Clock: workClock, Start: "Diajukan.", End: "Selesai untuk terakhir kali.", Calendar: atItsEnd},
		when: lastDone, took: func(m *Measure) time.Duration { return m.FullWork }},
	{Name: FullWall, again: oneCycle, Label: "Penyelesaian penuh, waktu kalender",
		Sheet: Sheet{Set: resolved + "Yang dibuka lagi dihitung sekali, dengan penyelesaian terakhirnya.",
			Clock: wallClock, Start: "Diajukan.", End: "Selesai untuk terakhir kali."},
		when: lastDone, took: sinceFiled},
	{Name: FirstWork, again: oneCycle, Label: "Penyelesaian pertama, jam kerja",
		Sheet: Sheet{Set: resolved + "Hanya penyelesaian yang pertama dari setiap permohonan.",
			Clock: workClock, Start: "Diajukan.", End: "Selesai untuk pertama kali.", Calendar: atItsEnd},
		when: firstDone, took: func(m *Measure) time.Duration { return m.FullWork }},
	{Name: FirstWall, again: oneCycle, Label: "Penyelesaian pertama, waktu kalender",
		Sheet: Sheet{Set: resolved + "Hanya penyelesaian yang pertama dari setiap permohonan.", Clock: wallClock, Start: "Diajukan.", End: "Selesai untuk pertama kali."},
		when:  firstDone, took: sinceFiled},
	{Name: AtDesk, Label: "Waktu tunggu pemohon",
		Sheet: Sheet{Set: resolved, Clock: "Waktu kalender tanpa waktu menunggu jawaban pemohon. Masa tunggu keamanan, waktu di BKN, dan waktu sampai kode dipakai ikut dihitung.",
			Start: atFiling, End: "Selesai."},
		when: func(m *Measure, _ *frame) db.Time { return when(m.End == Done, m.Ended) },
		took: func(m *Measure) time.Duration { return m.Desk }},
}

// when is a moment on a condition.
func when(is bool, at db.Time) db.Time {
	if !is {
		return 0
	}
	return at
}

func lastDone(m *Measure, _ *frame) db.Time { return when(m.LastDone && m.End == Done, m.Ended) }

func firstDone(m *Measure, _ *frame) db.Time { return when(m.FirstDone && m.End == Done, m.Ended) }

func sinceFiled(m *Measure) time.Duration { return m.Ended.Sub(m.Created) }
