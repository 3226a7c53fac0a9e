package app

import (
	"fmt"
	"strings"

	"github.com/labstack/echo/v4"

	"pulih/db"
	"pulih/tickets"
	"pulih/views"
)

// opinions is what people said in a month and in the one before it.
type opinions struct {
	db.Zone
	now, was tickets.Satisfaction
}

const (
	tooFewAnswers = underFive + " jawaban"
	alike         = "semua sama"
)

// satisfactionSection answers whether people are content: the part of the
// report page that speaks of ratings and of the IKM. It keeps to whole months
// and to no filter, and links to nobody who answered (ST-08).
func (a *App) satisfactionSection(c echo.Context, g grouped) (views.ReportSection, error) {
	now, was, err := a.Desk.Satisfaction(c.Request().Context(), a.by(c), g.asked.period().Until)
	if err != nil {
		return views.ReportSection{}, err
	}
	return opinions{g.asked.Zone, now, was}.section(), nil
}

// section leaves out the pictures of what must not be told.
func (o opinions) section() views.ReportSection {
	s := views.ReportSection{ID: "kepuasan", Title: "Apakah orang puas?", Figures: []views.Figure{o.response(), o.csat(), o.solved(), o.index()},
		Lead:  fmt.Sprintf("Jawaban pemohon selama %s, dibandingkan dengan %s.", o.month(o.now), o.month(o.was)),
		Notes: o.notes()}
	if o.now.HelpedShares() != nil {
		s.Pictures = append(s.Pictures, views.BarChart(o.helpedChart()))
	}
	if o.now.Means() != nil {
		s.Pictures = append(s.Pictures, views.RowChart(o.elementsChart()))
	}
	if o.now.SolvedShares() != nil {
		s.Tables = append(s.Tables, o.solvedTable())
	}
	return s
}

// month is "November 2026".
func (o opinions) month(s tickets.Satisfaction) string {
	_, month, _ := strings.Cut(s.Month.From.Date(o.Zone), " ")
	return month
}

// invited is where the requests of the month stand after which people were
// asked.
func (o opinions) invited() string {
	first := o.now.Month.From.Time().In(o.Location)
	return asked{days: days{first, first.AddDate(0, 1, -1), o.Zone}}.list(tickets.Invited)
}

func (o opinions) response() views.Figure {
	f := views.Figure{Label: "Tingkat jawaban", Href: o.invited(), Sheet: views.Sheet{
		Set: "Permohonan yang selesai atau ditolak dalam bulan ini, dan bagian yang sudah dinilai. " +
			"Permohonan yang dibuka lagi dihitung setiap kali berakhir.",
		Clock: "Menurut waktu permohonan berakhir."}}
	f.Value, f.Note = shareText(o.now.Response, min(o.now.Responded, o.now.Invited), fmt.Sprintf("%s dari %s permohonan", views.Count(o.now.Responded), views.Count(o.now.Invited)))
	f.Before, _ = shareText(o.was.Response, min(o.was.Responded, o.was.Invited), "")
	return f
}

func (o opinions) csat() views.Figure {
	f := views.Figure{Label: "Terbantu (CSAT)", Sheet: views.Sheet{
		Set:   "Penilaian yang menjawab terbantu atau sangat terbantu: 3 atau 4 pada skala 1 sampai 4.",
		Clock: "Menurut waktu penilaian dikirim."}}
	f.Value, f.Note = shareText(o.now.CSAT, o.now.Asked, answered(o.now.Asked))
	f.Before, _ = shareText(o.was.CSAT, o.was.Asked, "")
	return f
}

func (o opinions) solved() views.Figure {
	f := views.Figure{Label: "Selesai menurut pemohon", Sheet: views.Sheet{
		Set: "Penilaian yang menjawab masalahnya selesai.", Clock: "Menurut waktu penilaian dikirim."}}
	f.Value, f.Note = shareText(o.now.SolvedAll, o.now.Answered, answered(o.now.Answered))
	f.Before, _ = shareText(o.was.SolvedAll, o.was.Answered, "")
	return f
}

func (o opinions) index() views.Figure {
	f := views.Figure{Label: "Indeks Kepuasan Masyarakat (IKM)", Sheet: views.Sheet{
		Set: "Survei sembilan unsur (PermenPANRB 14/2017) yang lengkap. Nilai rata-rata tiap unsur berbobot 1/9, dijumlah, dikali 25. " +
			"Bobot tidak dibulatkan menjadi 0,11, agar nilai tertinggi tetap 100.",
		Clock: "Menurut waktu survei dikirim."}}
	f.Value, f.Note = indexText(o.now)
	f.Before, _ = indexText(o.was)
	return f
}

// shareText is a percentage with what it rests on, or why there is none.
func shareText(of func() (int, bool), n int, note string) (string, string) {
	percent, ok := of()
	if !ok {
		return noneAt, untold(n)
	}
	return fmt.Sprintf("%d%%", percent), note
}

func untold(n int) string {
	if n < tickets.FewestAnswers {
		return tooFewAnswers
	}
	return answered(n) + ", " + alike
}

func answered(n int) string { return "n = " + views.Count(n) }

func indexText(s tickets.Satisfaction) (value, note string) {
	index, ok := s.Index()
	if !ok {
		return noneAt, untold(s.Complete)
	}
	letter, words := index.Grade()
	return fmt.Sprintf("%s · %s", index, letter), words + ", " + answered(s.Complete) + " survei lengkap"
}

// notes say what the index rests on, and what it leaves out.
func (o opinions) notes() []string {
	notes := []string{"Mutu IKM: A 88,31–100, B 76,61–88,30, C 65,00–76,60, D 25,00–64,99.",
		"Bagian ini selalu tentang satu bulan penuh yang sudah lewat. Saringan tidak berlaku di sini.",
		"Siapa yang menjawab dan jawabannya tidak ditampilkan. Pemohon dijanjikan hanya hasil gabungan yang dibaca.",
		"Di bawah lima jawaban, atau bila semua jawaban sama, tidak ada angka."}
	if o.now.Means() == nil && o.now.Complete >= tickets.FewestAnswers {
		notes = append(notes, "Nilai tiap unsur tidak ditampilkan: pada sedikitnya satu unsur semua jawaban sama.")
	}
	if o.now.Skipped > 0 {
		notes = append(notes, fmt.Sprintf("%d survei tidak lengkap disimpan, tetapi tidak dihitung dalam IKM.", o.now.Skipped))
	}
	if want := tickets.Sample(o.now.Invited); o.now.Complete < want {
		notes = append(notes, fmt.Sprintf("Untuk %s permohonan, tabel Krejcie dan Morgan pada PermenPANRB 14/2017 meminta %d survei lengkap. Baru ada %s.",
			views.Count(o.now.Invited), want, few(o.now.Complete)))
	}
	return notes
}
