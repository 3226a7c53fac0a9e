package main

import (
	"pulih/otp"
	"pulih/views"
)

// sampleQR leads to a practice entry whose secret everybody knows.
var sampleQR = qr("otpauth://totp/LATIHAN-hapus-saya:cek-jam?secret=JBSWY3DPEHPK3PXP&issuer=LATIHAN%20cek%20jam")

func qr(text string) string {
	src, err := otp.QR(text)
	if err != nil {
		return ""
	}
	return src
}

var sampleBars = views.Chart{
	ID: "masuk", Title: "Tiket masuk dan selesai per minggu", Unit: "tiket", Axis: "Minggu",
	Desc:   "Tiket masuk naik dari 18 menjadi 46 dalam delapan minggu; yang selesai mengikuti.",
	Labels: []string{"28 Sep", "5 Okt", "12 Okt", "19 Okt", "26 Okt", "2 Nov", "9 Nov", "16 Nov"},
	Series: []views.Series{
		{Name: "Masuk", Values: []float64{18, 22, 31, 27, 40, 38, 44, 46}},
		{Name: "Selesai", Values: []float64{15, 21, 28, 29, 35, 39, 41, 43}},
	},
}

var sampleLines = views.Chart{
	ID: "waktu", Title: "Waktu selesai", Unit: "jam kerja", Axis: "Minggu",
	Desc:   "Median turun dari 6 menjadi 3 jam; p90 turun dari 30 menjadi 14 jam.",
	Labels: sampleBars.Labels,
	Series: []views.Series{
		{Name: "Median", Values: []float64{6, 5.5, 5, 4.2, 4, 3.8, 3.1, 3.2}},
		{Name: "p90", Values: []float64{30, 28, 22, 25, 18, 16, 15, 14}},
	},
}
