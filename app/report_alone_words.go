package app

import (
	"fmt"

	"pulih/db"
	"pulih/guide"
	"pulih/views"
)

// What a supervisor must know to read the figures.
const installationNote = "Penelusuran tidak mengenal orangnya. Angkanya untuk seluruh situs ini, bukan per unit atau jenis."

var codeNotes = []string{
	"Permintaan untuk NIP atau email yang tidak terdaftar tidak dihitung, karena bukan milik instansi mana pun.",
	"Siapa pun dapat mengetik NIP orang lain, jadi tidak semua permintaan datang dari pemiliknya.",
	"Permintaan dihitung paling cepat satu jam setelah kode terakhir diminta: yang baru saja diminta belum tampak.",
	"Kode untuk aktivasi, buka kunci, dan ganti autentikator tidak dihitung di sini.",
}

var delayNotes = []string{
	"Lama kode: dari masuk antrean sampai diterima server email, tepat sampai 5%. Tibanya di kotak masuk tidak terukur.",
	"Dihitung untuk semua kode dan seluruh situs ini. “Gagal”: ditolak server, atau kedaluwarsa lebih dulu. “Sebelumnya”: median periode sebelumnya.",
}

var causeNotes = []string{
	installationNote,
	"Satu penelusuran punya satu sebab: jam yang terukur meleset, lalu hilang, entri salah, terkunci, dan lain.",
	"Minus berarti jam HP lambat. Sampai 30 detik kode biasanya masih diterima.",
}

func pendingNote(n int) string {
	if n == 0 {
		return "Tidak ada penelusuran yang masih menunggu 72 jam."
	}
	return fmt.Sprintf("%s penelusuran belum lewat 72 jam dan belum dihitung.", views.Count(n))
}

var endingSets = map[guide.Ending]string{
	guide.Deflected: "Berakhir berhasil, atau kata sandi baru tersimpan, tanpa permohonan dalam 72 jam.",
	guide.Contained: "Tanpa permohonan dalam 72 jam, dan tidak ada kabar berhasil.",
	guide.Filed:     "Diikuti permohonan dari penelusuran yang sama dalam 72 jam.",
}

func walkSheet(z db.Zone, e guide.Ending) views.Sheet {
	return views.Sheet{
		Set: endingSets[e] + " Pembagi: semua penelusuran yang sedikitnya satu langkahnya dijawab, atau yang berhasil.", Clock: "Waktu kalender.",
		Start: "Langkah pertama; penelusuran masuk hari itu.", End: "72 jam setelah berhasil, atau setelah jawaban terakhir.", Calendar: calendarDays(z),
	}
}

func codeSheet(z db.Zone) views.Sheet {
	return views.Sheet{
		Set:   "Permintaan kode untuk kata sandi baru, bagi akun instansi Anda yang dapat dikirimi kode. Satu permintaan dihitung sekali per tahap.",
		Clock: "Waktu kalender.", Start: "NIP diketik; permintaan masuk hari itu.",
		End: "Kata sandi baru tersimpan, atau satu jam setelah kode terakhir diminta.", Calendar: calendarDays(z),
	}
}

func driftSheet(z db.Zone, says string) views.Sheet {
	return views.Sheet{
		Set:   "Pengukuran pertama setiap penelusuran atau latihan, tanpa jam komputer. " + says,
		Clock: "Jam HP dibandingkan jam server.", Start: "Saat diukur.", Calendar: calendarDays(z),
	}
}

func calendarDays(z db.Zone) string { return "Hari kalender, " + z.Name + "." }
