package guide

import (
	"fmt"
	"time"
)

// Headline says what was found: how much, and which way.
func (v Verdict) Headline() string {
	switch {
	case v.Cause == Leftover:
		return "Jam HP benar, tetapi aplikasi autentikator " + direction(v.Drift.Middle(), amount(v.Drift.Middle().Round(time.Minute)))
	case v.Cause == Corrected:
		return "Kode Anda benar, tetapi jam HP " + direction(v.System.Middle(), v.amount(v.System.Middle()))
	case v.Light == Green && v.Method == ByEye:
		return v.subject() + " tampak cocok"
	case v.Light == Green:
		return v.subject() + " cocok"
	case v.Cause == HalfDay && v.Method == ByEye:
		return v.subject() + " berbeda 12 jam"
	}
	return v.subject() + " " + direction(v.estimate(), v.amount(v.estimate()))
}

func (v Verdict) subject() string {
	if v.Computer && v.Method == ByBrowser {
		return "Jam komputer ini"
	}
	return "Jam HP Anda"
}

func direction(d time.Duration, amount string) string {
	if d < 0 {
		return "terlambat " + amount
	}
	return "lebih cepat " + amount
}

// amount is no more exact than the measurement.
func (v Verdict) amount(d time.Duration) string {
	size := d.Abs()
	switch {
	case v.Cause == WrongZone || v.Cause == HalfDay:
		return fmt.Sprintf("tepat %d jam", size.Round(time.Hour)/time.Hour)
	case size < 90*time.Second && v.Drift.Bound() > 5*time.Second:
		return fmt.Sprintf("sekitar %d detik", max(5, size.Round(5*time.Second)/time.Second))
	}
	return amount(d)
}

func amount(d time.Duration) string {
	d = d.Abs()
	switch {
	case d < 90*time.Second && d != time.Minute:
		return fmt.Sprintf("%d detik", d.Round(time.Second)/time.Second)
	case d < 59*time.Minute+30*time.Second:
		return fmt.Sprintf("%d menit", d.Round(time.Minute)/time.Minute)
	case d < 2*day-30*time.Minute:
		return hours(d.Round(time.Minute))
	}
	return fmt.Sprintf("%d hari", d.Round(day)/day)
}

func hours(d time.Duration) string {
	text := fmt.Sprintf("%d jam", d/time.Hour)
	if minutes := d % time.Hour / time.Minute; minutes > 0 {
		text += fmt.Sprintf(" %d menit", minutes)
	}
	return text
}

// Meaning says what the finding does to the person's codes.
func (v Verdict) Meaning() string {
	switch {
	case v.Computer && v.Method == ByBrowser:
		return "Jam komputer tidak memengaruhi kode. Ukur juga HP yang berisi aplikasi autentikator."
	case v.Light == Amber:
		return "Kode dari HP ini kadang ditolak."
	case v.Light == Red:
		return "Kode dari HP ini ditolak sampai jamnya dibetulkan."
	case v.Method == ByCode:
		return "Kode dari HP ini diterima. Jam bukan penyebab masalah Anda."
	case v.Method == ByEye:
		return "Selisih di bawah satu menit tidak terlihat dengan cara ini."
	}
	return "Jam HP bukan penyebab masalah Anda. Aplikasi autentikator bisa saja memakai jam sendiri."
}

// Why names the likely cause; it is empty when nothing is wrong.
func (v Verdict) Why() string {
	if v.Cause == WrongZone && v.Method == ByEye {
		return "Mungkin HP memakai zona waktu lain, dan itu tidak merusak kode. " +
			"Mungkin juga jam diatur manual dengan zona yang salah. Kode latihan membedakannya."
	}
	return why[v.Cause]
}

var why = map[Cause]string{
	Unsynchronised: "Kemungkinan besar jam ini tidak pernah disamakan lewat jaringan.",
	WrongZone:      "Kemungkinan besar jam diatur manual dengan zona waktu yang salah. WIB, WITA, dan WIT berselisih satu jam.",
	HalfDay:        "Kemungkinan besar pagi dan malam tertukar (AM dan PM).",
	WrongDate:      "Kemungkinan besar tanggal di HP salah.",
	ByHand:         "Kemungkinan besar jam diatur manual.",
	Leftover:       "Jam HP pernah salah, lalu dibetulkan. Google Authenticator masih memakai koreksi yang lama.",
	Corrected:      "Google Authenticator mengoreksi jam HP yang salah. Setelah jam HP dibetulkan, koreksi itu harus dihapus.",
}
