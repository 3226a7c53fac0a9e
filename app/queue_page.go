package app

import (
	"net/url"

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
	tickets.Closed:    {"Selesai", "Belum ada yang selesai", "Permohonan yang selesai, ditolak, atau batal tampil di sini."},
}

func (a *App) queuePage(by tickets.By, view tickets.View, at tickets.Cursor, page tickets.Page) views.Queue {
	now := a.DB.Now()
	agent := by.Staff.Has(accounts.Agent)
	q := views.Queue{
		View: string(view), Tabs: queueTabs(view, page.Counts),
		Shown: now.Hour(a.Zone), Self: queueAddress(view, at),
		CanPull:    agent && len(page.Rows) > 0 && (view == tickets.Unclaimed || view == tickets.Unproven),
		CanOpen:    agent && by.AtCounter,
		EmptyTitle: viewNames[view].EmptyTitle, EmptyText: viewNames[view].EmptyText,
	}
	if n := page.Counts[tickets.Unproven]; view == tickets.Unclaimed && n > 0 {
		q.Elsewhere = views.Link{Text: capped(n) + " permohonan belum terbukti", Href: queueAddress(tickets.Unproven, "")}
	}
	for _, t := range page.Rows {
		q.Rows = append(q.Rows, queueRow(t, now))
	}
	if at == "" {
		q.Live = streamPath + "?" + url.Values{"tampilan": {string(view)}, "sejak": {fingerprint(page.Rows)}}.Encode()
	}
	q.Pager = pager(page, func(c tickets.Cursor) string { return queueAddress(view, c) })
	return q
}

func queueTabs(here tickets.View, counts map[tickets.View]int) []views.Link {
	var tabs []views.Link
	for _, v := range tickets.Views {
		l := views.Link{Text: viewNames[v].Tab, Href: queueAddress(v, ""), Here: v == here}
		if n, ok := counts[v]; ok {
			l.Count = capped(n)
		}
		tabs = append(tabs, l)
	}
	return tabs
}

func pager(page tickets.Page, address func(tickets.Cursor) string) views.Pager {
	var p views.Pager
	if page.Prev != "" {
		p.Newer = address(page.Prev)
	}
	if page.Next != "" {
		p.Older = address(page.Next)
	}
	return p
}

func queueRow(t tickets.Ticket, now db.Time) views.QueueRow {
	due, state := dueBadge(t, now), stateBadges[t.State]
	return views.QueueRow{
		Number: t.Number, Href: ticketAddress(t.Number),
		Due: due.Text, DueTone: due.Tone, State: state.Text, Tone: state.Tone,
		Name: t.Name, Unit: t.Unit, NIP: tail(t.MaskedNIP, 4),
		Kind: kindNames[t.Kind], Channel: channelNames[t.Channel], Owner: t.OwnerName, Last: lastMessage(t, now),
	}
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
