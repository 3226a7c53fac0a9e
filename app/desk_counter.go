package app

import (
	"slices"
	"strings"

	"pulih/accounts"
	"pulih/tickets"
	"pulih/views"
)

// mustCome tells whether nothing but the counter will do (L3).
func mustCome(f tickets.File) bool {
	return f.Channel == tickets.Remote && slices.ContainsFunc(f.Missing, func(m string) bool { return strings.HasPrefix(m, tickets.OnlyCounter) })
}

// replyCome is the reply that asks the person to come, by its value in the
// address.
const replyCome = "loket"

// come leads to that reply.
func come(f tickets.File) views.Next {
	n := views.Next{Tone: views.ToneWarn, Title: "Harus di loket", Text: strings.Join(f.Missing, "; ") + ". Di loket, catat permohonan baru."}
	if may(f, tickets.VerbAsk) {
		n.Href, n.Link = ticketAddress(f.Number)+"?balasan="+replyCome+"#pertanyaan", "Minta datang ke loket"
	}
	return n
}

func (a *App) comeText() string {
	return "Permohonan ini harus diselesaikan di loket. Bawa dua dokumen asli: KTP atau Karpeg, dan SK.\n\n" +
		"Alamat: " + a.Site.Address + "\nJam layanan: " + a.Site.Hours
}

// counts explains what a remaining factor is good for where it does not
// replace the other evidence.
func counts(f tickets.File) string {
	if f.Factor == accounts.NoFactor || len(f.Missing) == 0 || f.Kind != tickets.Email || f.Channel != tickets.Remote {
		return ""
	}
	return "Pembuktian diri pemohon tercatat dan dipakai saat email diganti. Email lamanya tidak terjangkau, jadi bukti lain tetap diperlukan."
}
