package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// The demo's roster: names put together from common parts, numbers and
// addresses made up. Nobody in it exists.
const (
	demoPeople = 2000
	demoAgency = "BKPSDM Kabupaten Contoh"
)

var (
	firstNames = strings.Fields(`Adi Agus Aminah Andi Ani Arif Asri Ayu Bagus Bambang Budi Citra Darma Dedi
		Desi Dewi Dian Eka Endang Fajar Fitri Gita Hadi Hasan Hendra Ika Indah Irfan Joko Kartini Komang
		Lestari Lina Made Maya Mega Muhammad Nanda Ni Nur Nyoman Putri Rahma Ratna Rina Rizal Rudi Sari
		Sinta Siti Slamet Sri Surya Tri Umar Vina Wahyu Wayan Yanti Yusuf Zainal`)
	lastNames = strings.Fields(`Abdullah Anggraini Arifin Astuti Basri Darmawan Fauzi Firmansyah Ginting
		Gunawan Handayani Harahap Hasanah Hidayat Ibrahim Kurniawan Lubis Mahendra Marpaung Maulana
		Mulyani Nasution Nugroho Nurhayati Pangestu Permata Pratama Prasetyo Purnomo Rahayu Rahmawati
		Ramadhan Rumengan Safitri Salim Santoso Saputra Setiawan Siregar Suharto Sulistyo Susanti Tambunan
		Utami Wahyuni Wibowo Widodo Wijaya Wulandari Yulianti`)
	women = strings.Fields(`Aminah Ani Asri Ayu Citra Desi Dewi Dian Eka Endang Fitri Gita Ika Indah Kartini
		Lestari Lina Maya Mega Ni Nur Putri Rahma Ratna Rina Sari Sinta Siti Sri Vina Yanti`)
	// The two large ones stand more than once: most requests are theirs.
	demoUnits = []string{"Dinas Pendidikan", "Dinas Pendidikan", "Dinas Pendidikan", "Dinas Pendidikan", "Dinas Pendidikan",
		"Dinas Kesehatan", "Dinas Kesehatan", "Dinas Kesehatan", "RSUD Contoh", "Dinas Pekerjaan Umum",
		"Kecamatan Contoh Utara", "Kecamatan Contoh Selatan", "SDN 1 Contoh", "SMPN 2 Contoh",
		"Puskesmas Contoh Kota", "Dinas Sosial", "Inspektorat", "Sekretariat Daerah", "Dinas Pertanian"}
)

// demoDomains are those of mail: a service's, and the government's.
var demoDomains = []string{"contoh.test", "contoh.example.go.id"}

// demoPerson is a line of the roster.
type demoPerson struct {
	nip, name, unit, email, phone string
}

// people makes the same roster each time, so that what the README shows is
// what a visitor sees.
func people() []demoPerson {
	r := rand.New(rand.NewPCG(5392, 2025))
	all := make([]demoPerson, demoPeople)
	for i := range all {
		first, last := pick(r, firstNames), pick(r, lastNames)
		all[i] = demoPerson{
			nip: demoNIP(r, i, sexOf(first)), name: first + " " + last, unit: pick(r, demoUnits),
			email: fmt.Sprintf("%s.%s%d@%s", strings.ToLower(first), strings.ToLower(last), i+1, demoDomains[i/7%2]),
			phone: fmt.Sprintf("0812%08d", 55000000+i*37),
		}
	}
	return all
}

// sexOf agrees with digit 15 of a NIP: 1 for men, 2 for women.
func sexOf(first string) int {
	if slices.Contains(women, first) {
		return 2
	}
	return 1
}

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// demoNIP makes a number whose parts agree: an adult at appointment, a serial
// of its own. One in four is an NI PPPK.
func demoNIP(r *rand.Rand, i, sex int) string {
	year, since := 1968+r.IntN(30), 0
	middle := ""
	if i%4 == 3 {
		since = max(2019, year+20) + r.IntN(3)
		middle = fmt.Sprintf("%04d21", since)
	} else {
		since = year + 20 + r.IntN(6)
		middle = fmt.Sprintf("%04d%02d", since, 1+r.IntN(12))
	}
	return fmt.Sprintf("%04d%02d%02d%s%d%03d", year, 1+r.IntN(12), 1+r.IntN(28), middle, sex, 1+i%900)
}

// rosterCSV is the roster in the form that an agency exports and `pulih
// import` reads.
func rosterCSV(all []demoPerson) string {
	var b strings.Builder
	b.WriteString("NIP;Nama;Unit Kerja;Instansi;Email;No HP;Status\r\n")
	for _, p := range all {
		fmt.Fprintf(&b, "\"%s\";%s;%s;%s;%s;%s;Aktif\r\n", p.nip, p.name, p.unit, demoAgency, p.email, p.phone)
	}
	return b.String()
}
