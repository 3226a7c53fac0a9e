package main

import "strings"

// settingsPages walks what an admin sets, and what a second person says.
func settingsPages(w *world, open func() *tab, _ part) {
	admin := w.staffTab(open(), "admin", "tidak-ada")
	head := w.staffTab(open(), "penyelia", "tidak-ada")
	admin.open("/petugas/pengaturan")
	proposeSomebody(admin)
	for _, row := range []string{"first", "last"} { // himself, and somebody else
		admin.open("/petugas/pengaturan/petugas")
		admin.open(strings.TrimPrefix(admin.attribute(`main tr:`+row+`-child a[href^="/petugas/pengaturan/petugas/"]`, "href"), admin.base))
	}
	admin.open("/petugas/pengaturan/kalender")
	admin.reveal("ramadan-dari")
	admin.press("Tambahkan ke daftar")
	admin.fill("hari-1", "pagi")
	admin.press("Usulkan kalender")
	admin.open("/petugas/pengaturan/kalender")
	admin.press("Usulkan kalender")
	admin.open("/petugas/pengaturan/target")
	admin.fill("target-mfa", "sebentar")
	admin.press("Simpan target")
	admin.open("/petugas/pengaturan/loket")
	admin.press("Simpan jaringan")
	admin.open("/petugas/pengaturan/bukti")
	admin.press("Usulkan paket bukti")
	head.open("/petugas/pengaturan")
	head.open(head.link("/petugas/pengaturan/usulan/"))
	head.press("Konfirmasi")
	head.press("Tolak usulan")
}

// proposeSomebody is told what is wrong, and then gets half a code.
func proposeSomebody(admin *tab) {
	admin.open("/petugas/pengaturan/petugas/baru")
	admin.press("Usulkan")
	admin.fill("nip", "199001012015011001")
	admin.fill("nama", "Baru Contoh")
	admin.fill("email", "baru@example.go.id")
	admin.choose("peran-petugas", "ya")
	admin.press("Usulkan")
}

// dueOf looks at how the due time of a request came about.
func (w *world) dueOf(agent *tab) {
	agent.open("/petugas/antrean?tampilan=selesai")
	agent.open(agent.link("/petugas/tiket/PUL-"))
	agent.press("Cara menghitungnya")
}
