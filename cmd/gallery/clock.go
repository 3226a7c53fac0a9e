package main

import (
	"time"

	"pulih/guide"
	"pulih/otp"
	"pulih/views"
)

// clockScenes are the pages of the clock check.
func clockScenes(site views.Site) []scene {
	page := func(title string) views.Page {
		return views.Page{Title: title, Path: "/cek-jam", Back: "/", Site: site, Scripts: []string{"clock.js", "copy.js", "countdown.js"}}
	}
	wrong := page("Uji dengan kode latihan")
	wrong.Errors = []views.FieldError{{Field: "kode", Text: "Itu kode yang tadi. Tunggu sampai kode berganti, lalu ketik yang baru."}}
	start := views.ClockPage{Now: "10.27 WITA", Clocks: []views.Clock{
		{Zone: "WIB", Time: "09.27", Date: "23 November 2026"}, {Zone: "WITA", Time: "10.27", Date: "23 November 2026"}, {Zone: "WIT", Time: "11.27", Date: "23 November 2026"},
	}, Zone: "WITA", Green: "15000 30000", Amber: "45000 50000"}
	laptop := start
	laptop.Computer, laptop.Here = true, qr("https://pulih.example.go.id/cek-jam")
	all := []scene{
		{"clock", views.ClockCheck(page("Cek jam HP"), start)},
		{"clock-laptop", views.ClockCheck(page("Cek jam HP"), laptop)},
		{"clock-practice", views.Practice(page("Uji dengan kode latihan"), samplePractice(false, 10, false))},
		{"clock-practice-laptop", views.Practice(page("Uji dengan kode latihan"), samplePractice(true, 10, false))},
		{"clock-practice-next", views.Practice(page("Uji dengan kode latihan"), samplePractice(false, 9, true))},
		{"clock-practice-wrong", views.Practice(wrong, samplePractice(false, 8, true))},
		{"clock-practice-spent", views.Practice(page("Uji dengan kode latihan"), samplePractice(false, 0, false))},
		{"clock-handoff", views.PracticeHandOff(page("Lanjutkan cek jam di HP ini"))},
	}
	for name, f := range sampleFindings() {
		v := sampleVerdict(f)
		all = append(all, scene{"clock-verdict-" + name, views.ClockVerdict(page(v.Headline()), v)})
	}
	return all
}

func samplePractice(computer bool, left int, halfway bool) views.PracticePage {
	return views.PracticePage{
		Computer: computer, URI: "otpauth://totp/LATIHAN%20cek%20jam:hapus-saya?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
		Code: qr("otpauth://totp/LATIHAN%20cek%20jam:hapus-saya?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=LATIHAN%20cek%20jam&algorithm=SHA1&digits=6&period=30"),
		Key:  "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ", HandOff: qr("https://pulih.example.go.id/cek-jam/9w3mF2kLq8vYtR5xZc1bN7hJd4gSp6aUeWoIiKjMnBs"),
		Left: left, Halfway: halfway,
		Until: views.Countdown{Until: "2026-11-23T02:42:00Z", Left: 900, Shown: "10.42 WITA", Done: "Entri latihan sudah tidak berlaku."},
	}
}

func sampleFindings() map[string]guide.Finding {
	at := func(d, bound time.Duration) otp.Drift { return otp.Drift{Low: d - bound, High: d + bound} }
	right := at(0, 100*time.Millisecond)
	return map[string]guide.Finding{
		"slow":     {Method: guide.ByBrowser, Drift: at(-4*time.Minute, time.Second)},
		"right":    {Method: guide.ByBrowser, Drift: right},
		"rough":    {Method: guide.ByCode, Drift: at(-30*time.Second, 27*time.Second)},
		"zone":     {Method: guide.ByCode, Drift: at(time.Hour, 12*time.Second)},
		"leftover": {Method: guide.ByCode, Drift: at(-2*time.Minute, 9*time.Second), System: &right},
		"eye":      {Method: guide.ByEye, Drift: at(-2*time.Hour, 45*time.Second)},
		"laptop":   {Method: guide.ByBrowser, Drift: at(3*time.Minute, time.Second), Computer: true},
	}
}

func sampleVerdict(f guide.Finding) views.VerdictPage {
	v := views.VerdictPage{Verdict: guide.Judge(f), Again: "/cek-jam"}
	v.Brand, _ = guide.BrandByKey("samsung")
	for _, b := range guide.Brands() {
		v.Brands = append(v.Brands, views.Link{Text: b.Name, Href: "?merek=" + b.Key, Here: b == v.Brand})
	}
	return v
}
