package main

// auditPages are how a supervisor reads the log, and what he is refused.
func auditPages(w *world, open func() *tab, who part) {
	head := w.staffTab(open(), "penyelia", "tidak-ada")
	head.open("/petugas/audit")
	head.press("Cari orang ini")
	head.fill("nip", who.NIP)
	head.press("Cari orang ini")
	head.open("/petugas/audit/rantai")
	head.press("Periksa rantai sekarang")
	head.open("/petugas/audit/rantai")
	head.open("/petugas/audit/insiden")
	head.press("Unduh daftar (CSV)")
	head.open("/petugas/audit/riwayat")
	head.press("Catat permintaan")
	head.fill("nip", who.NIP)
	head.fill("dasar", "Datang ke loket")
	head.press("Catat permintaan")
	head.press("Tampilkan untuk dicetak")
}
