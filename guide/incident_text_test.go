package guide

import (
	"strings"
	"testing"
)

// What an agency really announces passes.
func TestHonestAnnouncementsPass(t *testing.T) {
	for _, text := range []string{
		"Portal sulit dibuka sejak pagi. Kata sandi Anda tidak bermasalah.",
		"Portal dirawat pukul 10.00 - 12.00 WITA. Coba lagi sesudahnya.",
		"Portal dirawat 10.00-12.00 WIB, 11.00-13.00 WITA, dan 12.00-14.00 WIT.",
		"Perawatan tanggal 23-11-2026 pukul 22.00 sampai 24-11-2026 pukul 04.00.",
		"Perawatan 23/11/2026 22:00 - 24/11/2026 04:00.",
		"Perawatan 2026-11-23 pukul 10.00.", "Perawatan 23 11 2026, mulai 19.00 WITA.", "Perawatan 23 November 2026 (malam).",
		"Email kode terlambat 15-30 menit. Jangan minta kode berulang-ulang!",
		"Captcha tidak muncul di sebagian jaringan; pakai data seluler dahulu.",
		"Layanan SIASN/MyASN melambat: 80% permintaan terlambat.",
	} {
		if err := checkText(tidyText(text)); err != nil {
			t.Errorf("refused: %q, %v", text, err)
		}
	}
}

// An address, a number to call and another service do not, however they are
// dressed (impostor 24).
func TestDressedAddressesAreRefused_impostor24(t *testing.T) {
	for _, text := range []string{
		"Masuk lewat bkn . go . id sekarang", "Masuk lewat evil .com sekarang", "Masuk lewat evil. com sekarang", "Masuk lewat asn-digital titik id", "Masuk lewat evil(.)com ya",
		"Masuk lewat evil[.]com ya", "Masuk lewat asn_.com ya", "Masuk lewat asn,com ya ya", "Masuk lewat bit,ly/abc ya", "Masuk lewat pulih-asn.c0m ya",
		"Masuk lewat evil\u2027com ya", "Masuk lewat evil\u00b7com ya", "Masuk lewat evil\u2022com ya", "Masuk lewat evil\ua4f8com ya", "Masuk lewat evil\ufe52com ya",
		"Masuk lewat 36.92.10.5 sekarang", "Masuk lewat 36 . 92 . 10 . 5 ya", "Tulis ke admin\ufe6bevil titik id", "Tulis ke telegram bkn resmi ya", "Tulis lewat WA petugas kami",
		"Hubungi 0812–3456–7890 ya", "Hubungi 0812,3456,7890 ya", "Hubungi 0812_3456_7890 ya", "Hubungi 0812•3456•7890 ya", "Hubungi 0812\u28003456\u28007890 ya",
		"Hubungi 08.12 13.45 17.59 ya", "Hubungi 08.12-13.45-17.59 ya", "Hubungi 08 12 2034 08 12 2035 08 12 2036", "Hubungi O8I2 3456 7890 ya", "Hubungi ⓪⑧①②③④⑤⑥⑦⑧ ya",
		"Hubungi nol delapan satu dua tiga empat", "Hubungi nol, delapan, satu, dua ya", "Hubungi 0⃣8⃣1⃣2⃣3⃣4⃣5⃣6⃣ ya",
		strings.Repeat("\u3164", 40), strings.Repeat("\uffa0", 40), strings.Repeat("\u2800", 40), strings.Repeat("\ufdfd", 300), "Pоrtal dirawat sebentar saja", // a Cyrillic o
	} {
		if checkText(tidyText(text)) == nil {
			t.Errorf("passed: %q", text)
		}
	}
}

// The refusal says what to change.
func TestTheRefusalOfATextSaysWhy(t *testing.T) {
	for text, want := range map[string]error{
		"pendek": ErrIncidentLength, strings.Repeat("a", 301): ErrIncidentLength, "Portal dirawat \u2665 sebentar": ErrIncidentLetters,
		"Buka evil.com sekarang": ErrIncidentLeads, "Hubungi 0812 3456 7890 ya": ErrIncidentLeads, "Tulis lewat WA petugas kami": ErrIncidentLeads,
	} {
		if err := checkText(tidyText(text)); err != want {
			t.Errorf("%q: %v, want %v", text, err, want)
		}
	}
}
