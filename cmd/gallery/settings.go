package main

import "pulih/views"

// settingScenes are what an agency sets for itself, and how a due time is
// explained.
func settingScenes(site views.Site) []scene {
	page := func(title, path string) views.Page {
		return views.Page{Title: title, Path: path, Back: "/petugas/pengaturan", Site: site, Staff: true, Who: views.Who{Name: "Adi Contoh", Role: "Admin",
			Nav: []views.Link{{Text: "Pengaturan", Href: "/petugas/pengaturan"}}, Out: "/petugas/keluar"}}
	}
	half := views.SetupHalf{First: true, Name: "Baru Contoh", Code: "7K3M9QXD2PRT7", Place: "pulih.example.go.id/petugas/aktivasi", Done: "Usulan dicatat",
		Other: "Bagian kedua diterima orang yang mengonfirmasi.", Back: "/petugas/pengaturan"}
	return []scene{
		{"settings", views.SettingsPage(page("Pengaturan", "/petugas/pengaturan"), sampleSettings())},
		{"settings-proposal", views.Proposal(page("Peran petugas", "/petugas/pengaturan"), sampleProposal())},
		{"settings-half", views.SetupHalfPage(page("Bagian pertama kode aktivasi", "/petugas/pengaturan"), half)},
		{"settings-member", views.StaffMemberPage(page("Rina Contoh", "/petugas/pengaturan/petugas"), views.StaffMember{
			Rows: []views.Row{{Key: "Peran", Value: "Petugas"}, {Key: "Unit", Value: "Semua unit"}}, Action: "#", Roles: sampleRoles()})},
		{"settings-staff-new", views.StaffNewPage(page("Petugas baru", "/petugas/pengaturan/petugas"), views.StaffNew{Roles: sampleRoles()})},
		{"settings-calendar", views.CalendarPage(page("Kalender kerja", "/petugas/pengaturan"), sampleCalendar())},
		{"settings-retention", views.RetentionPage(page("Masa simpan data", "/petugas/retensi"), sampleRetention())},
		{"desk-time", views.ReckonPage(page("Cara menghitung batas", "/petugas/tiket/PUL-7K3M-9QXD"), sampleReckon())},
	}
}

func sampleSettings() views.Settings {
	return views.Settings{Did: "Usulan dikonfirmasi dan berlaku sekarang.",
		Waiting: []views.ProposalLine{{Title: "Petugas baru", Href: "#", Text: "Diusulkan Adi Contoh, 23-11-2026 10.12. Menunggu sampai Kamis, 26 November 2026 pukul 10.12 WITA."}},
		Places:  []views.Place{{Title: "Petugas", Text: "Akun, peran, unit, dan aktivasi ulang.", Href: "#"}, {Title: "Kalender kerja", Text: "Jam kerja, hari libur, cuti bersama, dan Ramadan.", Href: "#"}},
		Past:    []views.Moment{{Title: "Jaringan loket: dikonfirmasi", When: "20-11-2026 14.02", By: "diusulkan Adi Contoh, dikonfirmasi Sari Contoh", Tone: views.ToneSuccess}},
	}
}

func sampleProposal() views.ProposalPage {
	return views.ProposalPage{State: views.Badge{Tone: views.ToneWait, Text: "Menunggu konfirmasi"},
		Rows:    []views.Row{{Key: "Nama", Value: "Rina Contoh"}, {Key: "Peran", Value: "Petugas, verifikator"}},
		Changes: []views.Row{{Key: "Peran", Value: "Petugas"}},
		People:  []views.Row{{Key: "Diusulkan", Value: "Adi Contoh, Senin, 23 November 2026 pukul 10.12 WITA"}},
		Confirm: "#", End: "#", EndText: "Tolak usulan"}
}

func sampleRoles() []views.Option {
	return []views.Option{{Value: "petugas", Text: "Petugas", Hint: "Mengerjakan antrean dan memeriksa identitas.", Here: true},
		{Value: "verifikator", Text: "Verifikator", Hint: "Menyetujui hasil pemeriksaan, mulai 72 jam setelah diangkat."}}
}

func sampleCalendar() views.Calendar {
	return views.Calendar{Version: "Versi 3, berlaku sejak Senin, 5 Januari 2026 pukul 08.00 WITA.", Zone: "WITA",
		Week: []views.Field{{Name: "hari-1", Label: "Senin", Value: "07.30-12.00 13.00-16.00", Width: "half"}, {Name: "hari-6", Label: "Sabtu", Width: "half", Optional: true}},
		Days: "tanggal;jenis;nama;sampai;hari;jam\n2026-12-25;libur;Natal;;;\n2027-02-08;jam khusus;Ramadan;2027-03-09;senin-kamis;08.00-12.00 12.30-15.00\n"}
}

func sampleReckon() views.Reckon {
	return views.Reckon{Lead: "Permohonan PUL-7K3M-9QXD. Batas Rabu, 25 November 2026 pukul 10.00 WITA.",
		Facts: []views.Row{{Key: "Target", Value: "7 j 30 m (jam kerja)"}, {Key: "Sudah terpakai", Value: "2 j"}, {Key: "Sisa", Value: "5 j 30 m"}},
		Steps: views.Table{Caption: "Langkah demi langkah", Head: []views.Column{{Text: "Dari"}, {Text: "Sampai"}, {Text: "Yang berlaku"}, {Text: "Dihitung", Number: true}},
			Rows: [][]views.Cell{
				{{Text: "Senin, 23-11-2026 10.00"}, {Text: "23-11-2026 12.00"}, {Text: "07.30-12.00 13.00-16.00"}, {Text: "2 j"}},
				{{Text: "Senin, 23-11-2026 12.00"}, {Text: "24-11-2026 09.00"}, {Text: "Menunggu pemohon"}, {Text: "0 j"}},
				{{Text: "Selasa, 24-11-2026 09.00"}, {Text: "25-11-2026 10.00"}, {Text: "Hari jadi kabupaten"}, {Text: "0 j"}},
			}},
		Rule: "Menurut kalender instansi versi 3 (WITA). Waktu menunggu pemohon tidak dihitung."}
}

func sampleRetention() views.Retention {
	head := []views.Column{{Text: "Data"}, {Text: "Disimpan"}, {Text: "Jatuh tempo", Number: true}}
	return views.Retention{
		Ends: views.Table{Caption: "Yang dihapus sendiri", Head: append(head[:3:3], views.Column{Text: "Terakhir dihapus"}), Rows: [][]views.Cell{
			{{Text: "Berkas bukti", Small: "Hanya untuk memeriksa identitas dan menjawab sanggahan (UP-07)."}, {Text: "30 hari setelah permohonan berakhir"},
				{Text: "12", Small: "sejak 23-11-2026 09.40"}, {Text: "31 pada 22-11-2026 17.40", Small: "diperiksa 23-11-2026 09.40"}},
			{{Text: "Usulan yang menunggu orang kedua", Small: "Memuat nama; keputusannya ada di log audit (impostor 17)."}, {Text: "90 hari setelah diusulkan"},
				{Text: "0"}, {Text: "Belum pernah", Small: "diperiksa 23-11-2026 09.40"}}}},
		Brief: views.Table{Caption: "Yang berumur menit", Quiet: true, Head: head, Rows: [][]views.Cell{
			{{Text: "Angka pemeriksaan", Small: "Berlaku lima menit."}, {Text: "sampai angka kedaluwarsa"}, {Text: "3", Small: "sejak 23-11-2026 10.11"}}}},
		Kept: views.Table{Caption: "Yang tidak dihapus", Quiet: true, Head: []views.Column{{Text: "Data"}, {Text: "Alasan"}}, Rows: [][]views.Cell{
			{{Text: "Permohonan, percakapan, penilaian, dan pengaturan"}, {Text: "Disimpan sesuai jadwal retensi arsip instansi."}}}},
	}
}
