package main

import (
	"pulih/views"
)

func staffScenes(site views.Site) []scene {
	in := views.Page{Title: "Masuk petugas", Path: "/petugas/masuk", Site: site, Scripts: []string{"nip.js", "password.js"}}
	refused := in
	refused.Errors = []views.FieldError{{Text: "NIP, kata sandi, atau kode OTP tidak cocok. Periksa ketiganya, lalu pakai kode baru."}}
	setup := views.Page{Title: "Aktifkan akun petugas", Path: "/petugas/aktivasi", Site: site, Scripts: []string{"password.js"}}
	weak := setup
	weak.Errors = []views.FieldError{{Field: "sandi", Text: "Kata sandi paling sedikit 12 karakter. Anda mengetik 6."}}
	device := views.Page{Title: "Pasang autentikator petugas", Path: "/petugas/aktivasi/kode", Back: "/petugas/aktivasi", Site: site, Scripts: []string{"copy.js"}}
	home := views.Page{Title: "Akun petugas", Path: "/petugas", Site: site, Staff: true,
		Who: views.Who{Name: "Rina Contoh", Role: "admin", Out: "/petugas/keluar"}}
	return []scene{
		{"staff-signin", views.StaffSignIn(in, views.StaffForm{})},
		{"staff-signin-refused", views.StaffSignIn(refused, views.StaffForm{NIP: "198609262015052001"})},
		{"staff-setup", views.StaffSetup(setup, views.StaffSetupForm{})},
		{"staff-setup-weak", views.StaffSetup(weak, views.StaffSetupForm{Code: "7K3M-9QXD-2PRT-7K3M-9QXD-2PRT-7K"})},
		{"staff-device", views.StaffSetupDevice(device, sampleStaffDevice())},
		{"staff-home", views.StaffHome(home)},
	}
}

func sampleStaffDevice() views.StaffDevice {
	address := "otpauth://totp/Pulih%20Petugas:198609262015052001?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Pulih%20Petugas"
	return views.StaffDevice{Name: "Rina Contoh", App: address, QR: qr(address), Key: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", Issuer: "Pulih Petugas"}
}
