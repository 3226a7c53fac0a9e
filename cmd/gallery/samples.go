package main

import "pulih/views"

// sampleQR is no real code, only as dense as one.
const sampleQR = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'%3E%3Cpath d='M0 0h3v3H0zM5 0h3v3H5zM0 5h3v3H0zM4 4h1v1H4zM6 5h1v2H6zM4 6h1v2H4z'/%3E%3C/svg%3E"

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
