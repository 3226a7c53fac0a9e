package guide

import "pulih/audit"

// Rules says how long the rows of the troubleshooter and of the clock check
// are kept. None of them names a person.
func Rules() []audit.Rule {
	return []audit.Rule{
		{Name: "walks", Tables: []string{"walks", "walk_outcomes"}, Nameless: true, Keep: walkKept,
			What: "Penelusuran bantuan dan hasil langkahnya", Since: "langkah terakhir",
			Why: "Laporan membandingkan dua paruh tahun; tidak memuat nama atau jaringan.",
			Due: audit.Counted(countOldWalks), Purge: audit.Deleted(purgeWalks)},
		{Name: "clock-checks", Tables: []string{"clock_checks"}, Nameless: true, Keep: walkKept,
			What: "Hasil ukur jam", Since: "diukur",
			Why: "Laporan membaca sebarannya; tidak memuat nama atau jaringan.",
			Due: audit.Counted(countOldChecks), Purge: audit.Deleted(purgeChecks)},
		{Name: "practices", Tables: []string{"practices", "practice_browsers"}, Nameless: true,
			What: "Entri latihan cek jam", Since: "entri kedaluwarsa",
			Why: "Rahasianya hanya untuk mengukur.",
			Due: audit.Counted(countOldPractices), Purge: audit.Deleted(purgePractices)},
		{Name: "walk-days", Tables: []string{"walk_days", "clock_days"}, Nameless: true,
			What: "Hitungan harian penelusuran dan ukur jam", Why: audit.KeptAsCounts},
		{Name: "incidents", Tables: []string{"incidents"}, Nameless: true,
			What: "Pengumuman gangguan", Why: audit.KeptByAgency},
	}
}
