package main

import (
	"strings"
	"time"
)

// auditPages are how a supervisor reads the log, and what he is refused.
func auditPages(w *world, open func() *tab, who part) {
	head := w.staffTab(open(), "penyelia", "tidak-ada")
	head.open("/petugas/audit")
	head.press("Cari orang ini")
	head.fill("nip", who.NIP)
	head.press("Cari orang ini")
	w.clock.skip(11 * time.Minute) // the check of the start was just now
	head.open("/petugas/audit/rantai")
	head.press("Periksa rantai sekarang")
	head.open("/petugas/audit/rantai")
	head.open("/petugas/audit/insiden")
	head.press("Unduh daftar (CSV)")
	desk := w.staffTab(open(), "petugas", "tidak-ada") // who writes it down does not hand over
	desk.open("/petugas/audit/riwayat")
	desk.press("Catat permintaan")
	desk.fill("nip", who.NIP)
	desk.fill("dasar", "Datang ke loket")
	desk.fill("dokumen", "7401 0001")
	desk.press("Catat permintaan")
	head.open("/petugas/audit/riwayat")
	head.open(strings.TrimPrefix(head.attribute(`main a[href^="/petugas/audit/riwayat/"]`, "href"), head.base))
	head.press("Tampilkan untuk dicetak")
}
