package tickets

// Figure names a number of the report, and the list behind it.
type Figure string

// The figures.
const (
	Arrived  Figure = "masuk"
	Resolved Figure = "selesai"
	Backlog  Figure = "terbuka"
	Age4h    Figure = "umur-4j"
	Age8h    Figure = "umur-8j"
	Age2d    Figure = "umur-2h"
	Age5d    Figure = "umur-5h"
	AgeOver  Figure = "umur-lebih"
)

// Figures lists them in the order of the page.
var Figures = []Figure{Arrived, Resolved, Backlog, Age4h, Age8h, Age2d, Age5d, AgeOver}

// Ages lists the age bands, youngest first.
var Ages = []Figure{Age4h, Age8h, Age2d, Age5d, AgeOver}

// sheet is the one definition of each figure: what the page prints beside it
// is what the statements count.
var sheet = map[Figure]struct{ label, definition string }{
	Arrived: {"Permohonan masuk",
		"Semua permohonan yang diajukan dalam periode ini, menurut waktu pengajuan. Kasus penipuan tidak dihitung."},
	Resolved: {"Permohonan selesai",
		"Semua permohonan yang selesai dalam periode ini, menurut waktu selesai, kapan pun diajukan. " +
			"Yang ditolak, dibatalkan, kedaluwarsa, atau kemudian dilaporkan “Bukan saya” tidak dihitung."},
	Backlog: {"Masih terbuka di akhir periode",
		"Semua permohonan yang sudah diajukan dan belum berakhir pada akhir periode, atau sekarang bila periode belum lewat."},
	Age4h:   {"Kurang dari 4 jam kerja", "Permohonan terbuka yang umurnya, dalam jam kerja sejak diajukan, kurang dari 4 jam."},
	Age8h:   {"4 sampai 8 jam kerja", "Permohonan terbuka yang umurnya, dalam jam kerja sejak diajukan, 4 jam sampai kurang dari 8 jam."},
	Age2d:   {"8 jam sampai 2 hari kerja", "Permohonan terbuka yang umurnya, dalam jam kerja sejak diajukan, 8 jam sampai kurang dari 2 hari kerja."},
	Age5d:   {"2 sampai 5 hari kerja", "Permohonan terbuka yang umurnya, dalam jam kerja sejak diajukan, 2 sampai kurang dari 5 hari kerja."},
	AgeOver: {"5 hari kerja atau lebih", "Permohonan terbuka yang umurnya, dalam jam kerja sejak diajukan, 5 hari kerja atau lebih."},
}

// The definitions of the two times.
const (
	WallDefinition = "Dari diajukan sampai selesai, menurut waktu kalender, untuk semua permohonan yang selesai dalam periode ini. " +
		"Median: separuh permohonan lebih cepat, separuh lebih lama."
	WorkDefinition = "Seperti menurut waktu kalender, tetapi hanya jam kerja instansi, tanpa waktu menunggu jawaban pemohon."
)

// Label is a figure's name on screen.
func (f Figure) Label() string { return sheet[f].label }

// Definition says exactly what a figure counts, in sentences for the page.
func (f Figure) Definition() string { return sheet[f].definition }
