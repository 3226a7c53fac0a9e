package app

import (
	"cmp"
	"time"

	"pulih/db"
	"pulih/tickets"
)

// exportColumn is a column of an export. A cell is a string, a number, a
// duration or a moment; nil is an empty one.
type exportColumn struct {
	head  string // "%s" is the zone
	width float64
	of    func(tickets.Counted) any
}

// exportColumns begin with those that personnel agencies have in their lists,
// by the names that they have there (helpdesk.md §6.1), and end with what is
// measured. Left out are pengguna, email, judul and deskripsi: a file goes
// from hand to hand, and says nothing of a person but the last digits of his
// number (ST-08). rating and komentar are left out because staff who are rated
// must not learn it of anybody.
var exportColumns = []exportColumn{
	{"Nomor tiket", 16, func(r tickets.Counted) any { return r.Number }},
	{"Unit kerja", 30, func(r tickets.Counted) any { return r.Unit }},
	{"Layanan", 18, func(tickets.Counted) any { return "Pemulihan akses" }},
	{"Tanggal (%s)", 18, func(r tickets.Counted) any { return moment(r.Measure.Created) }},
	{"Status", 18, func(r tickets.Counted) any { return stateBadges[r.State].Text }},
	{"Asal", 12, func(r tickets.Counted) any { return channelNames[r.Channel] }},
	{"NIP (disamarkan)", 20, func(r tickets.Counted) any { return r.MaskedNIP }},
	{"Dibuat oleh", 12, func(r tickets.Counted) any { return ifElse(r.Measure.Self, "Pemohon", "Petugas") }},
	{"Admin (verifikator)", 22, func(r tickets.Counted) any { return r.ApprovedByName }},
	{"Kategori", 16, func(r tickets.Counted) any { return r.Kind.Label() }},
	{"Sub-kategori", 22, func(r tickets.Counted) any { return optionText(requestCauses, r.Measure.Cause) }},
	{"Prioritas", 16, func(r tickets.Counted) any { return ifElse(r.Proven, "Terbukti", "Belum terbukti") }},
	{"Agent", 22, func(r tickets.Counted) any { return cmp.Or(r.Measure.AgentName, r.OwnerName) }},
	{"Tgl ditugaskan (%s)", 18, func(r tickets.Counted) any { return moment(r.TakenAt) }},
	{"Tgl dikerjakan (%s)", 18, func(r tickets.Counted) any { return moment(r.Measure.Answered) }},
	{"Tgl selesai (%s)", 18, func(r tickets.Counted) any { return moment(r.Measure.Ended) }},
	{"Solusi", 26, func(r tickets.Counted) any {
		return cmp.Or(tickets.Solution(r.Measure.Outcome).Label(), r.Measure.Outcome)
	}},

	{"Dihitung (%s)", 18, func(r tickets.Counted) any { return moment(r.At) }},
	{"Siklus", 8, func(r tickets.Counted) any { return r.Measure.Cycle }},
	{"Siklus dibuka (%s)", 18, func(r tickets.Counted) any { return moment(r.Measure.Opened) }},
	{"Tingkat bukti", 14, func(r tickets.Counted) any { return levelNames[r.Measure.Level] }},
	{"Batas target (%s)", 18, func(r tickets.Counted) any { return moment(r.Measure.Due) }},
	{"Target", 16, func(r tickets.Counted) any { return r.Verdict.Label() }},
	{"Respons pertama (jam kerja)", 14, func(r tickets.Counted) any { return taken(r.Measure.Answered, r.Measure.AnsweredWork) }},
	{"Sampai identitas terverifikasi (jam kerja)", 14, func(r tickets.Counted) any { return taken(r.Measure.Checked, r.Measure.CheckedWork) }},
	{"Menunggu persetujuan (jam kerja)", 14, func(r tickets.Counted) any { return taken(r.Measure.Ruled, r.Measure.RuledWork) }},
	{"Sampai akses diberikan lagi (jam kerja)", 14, func(r tickets.Counted) any { return taken(r.Measure.Reissued, r.Measure.ReissuedWork) }},
	{"Penyelesaian penuh (jam kerja)", 14, func(r tickets.Counted) any { return taken(r.Measure.Ended, r.Measure.FullWork) }},
	{"Penyelesaian penuh (jam kalender)", 14, func(r tickets.Counted) any { return taken(r.Measure.Ended, r.Measure.Ended.Sub(r.Measure.Created)) }},
	{"Waktu tunggu pemohon (jam kalender)", 14, func(r tickets.Counted) any { return taken(r.Measure.Ended, r.Measure.Desk) }},
	{"Dibuka kembali (%s)", 18, func(r tickets.Counted) any { return moment(r.Measure.Reopened) }},
	{"Balasan petugas", 10, func(r tickets.Counted) any { return r.Measure.Replies }},
	{"Data tidak cocok", 10, func(r tickets.Counted) any { return r.Measure.Wrong() }},
	{"Nomor BKN", 16, func(r tickets.Counted) any { return r.BKN }},
}

func exportHeads(q asked) (heads []string) {
	for _, col := range exportColumns {
		heads = append(heads, inZone(col.head, q.Zone))
	}
	return heads
}

func exportCells(row tickets.Counted) []any {
	cells := make([]any, len(exportColumns))
	for i, col := range exportColumns {
		cells[i] = col.of(row)
	}
	return cells
}

func moment(t db.Time) any {
	if t == 0 {
		return nil
	}
	return t
}

// taken is how long it took until something happened.
func taken(at db.Time, d time.Duration) any {
	if at == 0 {
		return nil
	}
	return d
}

func ifElse(is bool, yes, no string) string {
	if is {
		return yes
	}
	return no
}
