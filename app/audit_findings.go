package app

import (
	"fmt"
	"strconv"

	"pulih/audit"
	"pulih/views"
)

func (a *App) checkCard(k audit.Check, names map[string]string, running bool) views.AuditCheck {
	card := views.AuditCheck{Title: k.AskedAt.Long(a.Zone), State: a.checkBadge(k, running), Rows: []views.Row{
		{Key: "Diminta", Value: actorText(k.By, names)}}}
	if k.EndedAt == 0 {
		return card
	}
	card.Rows = append(card.Rows, views.Row{Key: "Selesai", Value: k.EndedAt.Exact(a.Zone)},
		views.Row{Key: "Dalam rantai", Value: strconv.FormatInt(k.Sealed, 10) + " peristiwa"},
		views.Row{Key: "Dalam salinan", Value: strconv.FormatInt(k.Copied, 10) + " peristiwa"})
	for _, f := range k.Findings {
		card.Findings = append(card.Findings, findingText(f))
	}
	return card
}

func (a *App) checkBadge(k audit.Check, running bool) views.Badge {
	switch {
	case k.EndedAt == 0 && (running || k.AskedAt > a.DB.Now().Add(-audit.Patience)):
		return views.Badge{Tone: views.ToneWait, Text: "Berjalan"}
	case k.EndedAt == 0:
		return views.Badge{Tone: views.ToneWarn, Text: "Terputus"}
	case k.Failed:
		return views.Badge{Tone: views.ToneDanger, Text: "Gagal diperiksa"}
	case len(k.Findings) > 0:
		return views.Badge{Tone: views.ToneDanger, Text: "Tidak cocok"}
	}
	return views.Badge{Tone: views.ToneSuccess, Text: "Cocok"}
}

var findingWords = map[audit.Problem]string{
	audit.Missing: "hilang dari rantai", audit.Changed: "diubah setelah dikunci", audit.Outside: "peristiwa berada di luar rantai",
	audit.Misplaced: "peristiwa disembunyikan atau diubah dalam daftar baca", audit.CopyGone: "Salinan luar hilang",
	audit.CopyHeld:  "Salinan luar tidak ditambah lagi sampai pengelola server memeriksanya",
	audit.CopyLacks: "hilang dari salinan luar", audit.CopyBehind: "dan sesudahnya tidak ada dalam salinan luar",
	audit.CopyBroken: "tidak terbaca dalam salinan luar", audit.TailCut: "ada dalam salinan, tetapi terpotong dari basis data",
	audit.Rewritten: "berbeda dari salinan luar: rantai ditulis ulang", audit.Unfloored: "adalah awal rantai yang tidak tercatat",
	audit.Floored: "menjadi awal rantai, padahal log disimpan selamanya", audit.TooYoung: "dihapus sebelum cukup lama disimpan",
	audit.Ahead: "bertanggal di masa depan", audit.Backdated: "bertanggal mundur lebih dari satu jam",
	audit.Unnumbered: "kunci tidak bernomor dalam rantai", audit.PlacedOutside: "peristiwa tampil dalam daftar baca, tetapi tidak ada dalam rantai",
	audit.Waiting: "peristiwa belum dikunci setelah lima menit", audit.Requeued: "peristiwa yang sudah dikunci masuk antrean lagi",
	audit.Unguarded: "penjaga tabel log hilang atau diubah", audit.Strange: "pemicu pada tabel log bukan milik Pulih",
	audit.Mismarked: "Batas daftar baca tidak sesuai dengan rantai", audit.Unasked: "pemeriksaan bertanggal di masa depan",
	audit.Untold: "pemeriksaan berakhir tanpa catatan yang cocok dalam log", audit.Further: "temuan lain tidak ditampilkan",
}

func findingText(f audit.Finding) string {
	switch {
	case f.Count > 0:
		return fmt.Sprintf("%d %s.", f.Count, findingWords[f.What])
	case f.Seq == 0:
		return findingWords[f.What] + "."
	}
	return fmt.Sprintf("Peristiwa nomor %d %s.", f.Seq, findingWords[f.What])
}
