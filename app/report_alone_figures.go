package app

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"pulih/accounts"
	"pulih/guide"
	"pulih/mail"
	"pulih/tickets"
	"pulih/views"
)

// smallest is how many a statistic rests on at least.
const smallest = tickets.FewestAnswers

const (
	underFive = "kurang dari 5"
	noneAt    = "–"
)

// share is a part of a whole.
type share struct{ part, whole int }

func (s share) String() string {
	whole := max(1, s.whole)
	return shown(fmt.Sprintf("%d%%", (200*s.part+whole)/(2*whole)), s.whole)
}

// shown is a statistic that rests on n, where it may be told.
func shown(value string, n int) string {
	switch {
	case n == 0:
		return noneAt
	case n < smallest:
		return underFive
	}
	return value
}

func shareFigure(label, of string, now, before share) views.Figure {
	f := views.Figure{Label: label, Before: before.String()}
	f.Value, f.Note = told(now.String(), now.whole, fmt.Sprintf("%s dari %s %s", views.Count(now.part), views.Count(now.whole), of))
	return f
}

// told is a statistic with what it rests on, or a dash with the reason.
func told(value string, n int, rests string) (string, string) {
	switch {
	case n == 0:
		return noneAt, "belum ada"
	case n < smallest:
		return noneAt, underFive
	}
	return value, rests
}

func driftFigures(now, before aloneFigures) []views.Figure {
	off := func(d guide.Drifts) share { return share{d.N - steady(d), d.N} }
	size := views.Figure{Label: "Median selisih jam", Before: shown(quick(before.drifts.Median), before.drifts.N), Sheet: driftSheet(now.zone, "Median dari besar selisih, tepat sampai 5%.")}
	size.Value, size.Note = told(quick(now.drifts.Median), now.drifts.N, "n = "+views.Count(now.drifts.N))
	wrong := shareFigure("Meleset 30 detik atau lebih", "pengukuran", off(now.drifts), off(before.drifts))
	wrong.Sheet = driftSheet(now.zone, "Bagian yang selisihnya 30 detik atau lebih, ke depan atau ke belakang.")
	return []views.Figure{size, wrong}
}

// steady is how many clocks are in the band around 0.
func steady(d guide.Drifts) (n int) {
	for _, b := range d.Bands {
		if b.From == 0 {
			n += b.N
		}
	}
	return n
}

// waited is a short time that rests on n.
func waited(d time.Duration, n int) string {
	if d < 10*time.Second {
		return shown(strings.Replace(fmt.Sprintf("%.1f dtk", d.Seconds()), ".", ",", 1), n)
	}
	return shown(quick(d), n)
}

var stageNames = map[accounts.CodeStage]string{
	accounts.CodeAsked: "Diminta", accounts.CodeSent: "Terkirim", accounts.CodeTyped: "Diketik atau dibuka",
	accounts.CodeRight: "Benar", accounts.CodeFinished: "Selesai",
}

func funnelChart(codes map[accounts.CodeStage]int) views.Chart {
	flows := views.Series{Name: "Permintaan"}
	c := views.Chart{
		ID: "corong-kode", Title: "Corong kode email", Axis: "Tahap", Unit: "permintaan",
		Desc: "Berapa permintaan kode yang mencapai setiap tahap, dari diminta sampai kata sandi baru tersimpan.",
	}
	for _, stage := range accounts.CodeStages {
		c.Labels = append(c.Labels, stageNames[stage])
		flows.Values = append(flows.Values, float64(codes[stage]))
	}
	c.Series = []views.Series{flows}
	return c
}

var otpCauseNames = map[guide.OTPCause]string{
	guide.ClockOff: "Jam meleset", guide.DeviceLost: "Hilang", guide.WrongEntry: "Entri salah", guide.LockedOut: "Terkunci",
	guide.OtherwiseOTP: "Lain",
}

func causeChart(now, before map[guide.OTPCause]int) views.Chart {
	c := views.Chart{
		ID: "sebab-kode", Title: "Sebab kode OTP ditolak", Axis: "Sebab", Unit: "penelusuran",
		Desc: "Jumlah penelusuran tentang kode OTP menurut sebabnya, dengan periode sebelumnya.",
	}
	these, those := views.Series{Name: "Periode ini"}, views.Series{Name: "Sebelumnya"}
	for _, cause := range guide.OTPCauses {
		c.Labels = append(c.Labels, otpCauseNames[cause])
		these.Values = append(these.Values, float64(now[cause]))
		those.Values = append(those.Values, float64(before[cause]))
	}
	c.Series = []views.Series{these}
	if total(before) >= smallest {
		c.Series = append(c.Series, those)
	}
	return c
}

func driftChart(d guide.Drifts) views.Chart {
	c := views.Chart{
		ID: "selisih-jam", Title: "Selisih jam dalam detik", Axis: "Selisih", Unit: "pengukuran",
		Desc: "Jumlah pengukuran menurut selisih jam HP, dari yang paling lambat sampai yang paling cepat.",
	}
	measured := views.Series{Name: "Pengukuran"}
	for i := range d.Bands {
		c.Labels = append(c.Labels, bandName(d.Bands, i))
		measured.Values = append(measured.Values, float64(d.Bands[i].N))
	}
	c.Series = []views.Series{measured}
	return c
}

// bandName is a band in seconds; its far edge is the next band's.
func bandName(bands []guide.DriftBand, i int) string {
	from := int(bands[i].From.Seconds())
	switch {
	case from == 0:
		return fmt.Sprintf("±%d", int(bands[i+1].From.Seconds()))
	case i == 0:
		return fmt.Sprintf("≤ −%d", from)
	case i == len(bands)-1:
		return fmt.Sprintf("≥ %d", from)
	case bands[i].Slow:
		return fmt.Sprintf("−%d…−%d", int(bands[i-1].From.Seconds()), from)
	}
	return fmt.Sprintf("%d…%d", from, int(bands[i+1].From.Seconds()))
}

var domainNames = map[string]string{
	mail.Gmail: "Gmail", mail.Yahoo: "Yahoo", mail.Outlook: "Outlook dan Hotmail", mail.GoID: "Email dinas (go.id)", mail.OtherMails: "Lainnya",
}

// delayTable leaves out nothing that was asked for: what never got through
// stands beside how long the rest took (helpdesk.md §4.3).
func delayTable(now, before []mail.DomainDelay) views.Table {
	t := views.Table{Caption: "Lama kode sampai di server email", Head: []views.Column{{Text: "Email"}, {Text: "Diterima", Number: true},
		{Text: "Median", Number: true}, {Text: "9 dari 10", Number: true}, {Text: "Sebelumnya", Number: true}, {Text: "Gagal", Number: true}}}
	for _, d := range now {
		var past mail.DomainDelay
		if i := slices.IndexFunc(before, func(b mail.DomainDelay) bool { return b.Domain == d.Domain }); i >= 0 {
			past = before[i]
		}
		t.Rows = append(t.Rows, delayRow(d, past))
	}
	return t
}

func delayRow(d, past mail.DomainDelay) []views.Cell {
	taken, lost := views.Count(d.N), views.Count(d.Lost)
	if d.N > 0 && d.N < smallest {
		taken = underFive
	}
	if d.N+d.Lost < smallest {
		taken, lost = underFive, noneAt
	}
	return []views.Cell{{Text: domainNames[d.Domain]}, {Text: taken}, {Text: waited(d.Median, d.N)}, {Text: waited(d.P90, d.N)},
		{Text: waited(past.Median, past.N)}, {Text: lost}}
}
