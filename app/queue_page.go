package app

import (
	"net/url"
	"slices"

	"pulih/accounts"
	"pulih/db"
	"pulih/tickets"
	"pulih/views"
)

// viewNames are the tabs, and what an empty one says.
var viewNames = map[tickets.View]struct{ Tab, EmptyTitle, EmptyText string }{
	tickets.Unclaimed: {"Belum diambil", "Belum ada permohonan yang terbukti", "Permohonan yang sudah terbukti tampil di sini."},
	tickets.Mine:      {"Milik saya", "Anda belum memegang permohonan", "Buka Belum diambil, lalu pilih Ambil berikutnya."},
	tickets.Awaiting:  {"Menunggu pemohon", "Tidak ada yang menunggu pemohon", "Permohonan kembali ke antrean saat pemohon membalas."},
	tickets.ToApprove: {"Perlu verifikator", "Tidak ada yang perlu disetujui", "Permohonan tampil di sini setelah identitasnya diperiksa."},
	tickets.ToIssue:   {"Siap terbit", "Tidak ada kode yang siap terbit", "Permohonan tampil di sini setelah disetujui dan masa tunggunya selesai."},
	tickets.Unproven:  {"Belum terbukti", "Tidak ada permohonan tanpa bukti", "Permohonan tanpa bukti apa pun tampil di sini selama 72 jam."},
	tickets.AtBKN:     {"Di BKN", "Tidak ada yang menunggu BKN", "Permohonan tampil di sini sampai BKN menjawab."},
	tickets.DueSoon:   {"Hampir lewat", "Tidak ada yang hampir lewat batas", "Permohonan tampil di sini dua jam sebelum batasnya."},
	tickets.Today:     {"Selesai hari ini", "Belum ada yang selesai hari ini", "Permohonan yang selesai, ditolak, atau batal hari ini tampil di sini."},
	tickets.Closed:    {"Semua yang selesai", "Belum ada yang selesai", "Permohonan yang selesai, ditolak, atau batal tampil di sini."},
}

func (a *App) queuePage(by tickets.By, l tickets.List, page tickets.Page) views.Queue {
	now, name := a.DB.Now(), viewNames[l.View]
	agent := by.Staff.Has(accounts.Agent)
	q := views.Queue{
		View: string(l.View), Tabs: queueTabs(l, page.Counts), Narrow: narrowing(l),
		Shown: now.Hour(a.Zone), Self: queueAddress(l),
		CanPull:    agent && len(page.Rows) > 0 && (l.View == tickets.Unclaimed || l.View == tickets.Unproven),
		CanOpen:    agent && by.AtCounter,
		Choose:     agent && slices.Contains([]tickets.View{tickets.Unclaimed, tickets.Unproven, tickets.Mine, tickets.DueSoon}, l.View),
		EmptyTitle: name.EmptyTitle, EmptyText: name.EmptyText,
	}
	for _, t := range page.Rows {
		q.Rows = append(q.Rows, queueRow(t, now, a.Zone))
	}
	if agent && !by.AtCounter {
		q.WhyClosed = "Mencatat pemohon di loket: hanya dari jaringan loket, pada jam kerja."
	}
	q.Pager = pager(page.Prev, page.Next, func(c tickets.Cursor) string { l.At = c; return queueAddress(l) })
	queueAround(&q, l, page)
	return q
}

// queueAround fills in what leads from this list to others, and what tells of
// its changes.
func queueAround(q *views.Queue, l tickets.List, page tickets.Page) {
	switch n := page.Counts[tickets.Unproven]; {
	case q.Narrow.On > 0:
		q.EmptyTitle, q.EmptyText = "Tidak ada yang cocok dengan saringan", "Ubah atau hapus saringan di atas."
	case l.View == tickets.Unclaimed && n > 0:
		q.Elsewhere = views.Link{Text: capped(n) + " permohonan belum terbukti", Href: queueAddress(tickets.List{View: tickets.Unproven})}
	}
	if l.View == tickets.Today {
		q.More = views.Link{Text: viewNames[tickets.Closed].Tab, Href: queueAddress(tickets.List{View: tickets.Closed, Filter: l.Filter})}
	}
	if l.At == "" && q.Narrow.On == 0 {
		q.Live = streamPath + "?" + url.Values{"tampilan": {string(l.View)}, "sejak": {fingerprint(page.Rows)}}.Encode()
	}
}

// queueTabs keep what the list is narrowed by: whoever looks for a unit looks
// for it in every view.
func queueTabs(here tickets.List, counts map[tickets.View]int) []views.Link {
	var tabs []views.Link
	for _, v := range tickets.Views {
		l := views.Link{Text: viewNames[v].Tab, Href: queueAddress(tickets.List{View: v, Filter: here.Filter}), Here: v == here.View}
		if n, ok := counts[v]; ok {
			l.Count = capped(n)
		}
		tabs = append(tabs, l)
	}
	return tabs
}

func pager(prev, next tickets.Cursor, address func(tickets.Cursor) string) (p views.Pager) {
	if prev != "" {
		p.Newer = address(prev)
	}
	if next != "" {
		p.Older = address(next)
	}
	return p
}

func queueRow(t tickets.Ticket, now db.Time, z db.Zone) views.QueueRow {
	due, state := dueBadge(t, now, z), stateBadges[t.State]
	return views.QueueRow{
		Number: t.Number, Href: ticketAddress(t.Number),
		Due: due.Text, DueTone: due.Tone, State: state.Text, Tone: state.Tone,
		Name: t.Name, Unit: t.Unit, NIP: tail(t.MaskedNIP, 4),
		Kind: t.Kind.Label(), Via: via(t), Owner: t.OwnerName, Last: lastMessage(t, now),
	}
}

// causeNames are the causes of the form, as short as a row is.
var causeNames = map[string]string{"hilang": "HP hilang", "rusak": "HP rusak", "terhapus": "Aplikasi terhapus", "ditolak": "Kode ditolak"}

// via says what happened, and that somebody stands at the counter.
func via(t tickets.Ticket) string {
	cause := causeNames[t.Cause]
	if cause == "" {
		cause = optionText(requestCauses, t.Cause)
	}
	if t.Channel == tickets.Counter || cause == "" {
		return channelNames[t.Channel]
	}
	return cause
}

// lastMessage says whose turn it may be: who wrote last, and how long ago.
func lastMessage(t tickets.Ticket, now db.Time) string {
	switch t.LastFrom {
	case tickets.FromPerson:
		return "Pemohon · " + span(now.Sub(t.LastAt))
	case tickets.FromStaff:
		return "Petugas · " + span(now.Sub(t.LastAt))
	}
	return ""
}
