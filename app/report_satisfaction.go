package app

import (
	"fmt"

	"github.com/labstack/echo/v4"

	"pulih/tickets"
	"pulih/views"
)

// opinions is what people said in a period and in the equal one before it.
type opinions struct {
	asked
	now, was tickets.Satisfaction
}

const tooFewAnswers = underFive + " jawaban"

// satisfactionSection answers whether people are content: the part of the
// report page that speaks of ratings and of the IKM.
func (a *App) satisfactionSection(c echo.Context, g grouped) (views.ReportSection, error) {
	ctx, by, q, o := c.Request().Context(), a.by(c), g.asked, opinions{asked: g.asked}
	var err error
	if o.now, err = a.Desk.Satisfaction(ctx, by, q.period(), q.filter, g.Sums[tickets.Invited].N); err != nil {
		return views.ReportSection{}, err
	}
	if o.was, err = a.Desk.Satisfaction(ctx, by, q.before().period(), q.filter, g.Was[tickets.Invited].N); err != nil {
		return views.ReportSection{}, err
	}
	return o.section(), nil
}

// section leaves out the pictures of what must not be told.
func (o opinions) section() views.ReportSection {
	s := views.ReportSection{ID: "kepuasan", Title: "Apakah orang puas?", Lead: "Jawaban pemohon setelah permohonannya berakhir.",
		Figures: []views.Figure{o.response(), o.csat(), o.solved(), o.index()}, Notes: o.notes()}
	if o.now.Asked() > 0 {
		s.Pictures = append(s.Pictures, views.BarChart(o.helpedChart()))
	}
	if _, ok := o.now.Index(); ok {
		s.Pictures = append(s.Pictures, views.RowChart(o.elementsChart()))
	}
	if _, ok := o.now.SolvedAll(); ok {
		s.Tables = append(s.Tables, o.solvedTable())
	}
	return s
}

func (o opinions) response() views.Figure {
	f := views.Figure{Label: "Tingkat jawaban", Href: o.list(tickets.Invited), Sheet: views.Sheet{
		Set: "Permohonan yang selesai, ditolak, atau kedaluwarsa dalam periode ini, dan bagian yang sudah dinilai. " +
			"Permohonan yang dibuka lagi dihitung setiap kali berakhir.",
		Clock: "Menurut waktu permohonan berakhir."}}
	f.Value, f.Note = shareText(o.now.Response, fmt.Sprintf("%s dari %s permohonan", views.Count(o.now.Responded), views.Count(o.now.Invited)))
	f.Before, _ = shareText(o.was.Response, "")
	return f
}

func (o opinions) csat() views.Figure {
	f := views.Figure{Label: "Terbantu (CSAT)", Href: o.behind(tickets.RatingAnswers, o.now.Asked()), Sheet: views.Sheet{
		Set:   "Penilaian yang menjawab terbantu atau sangat terbantu: 3 atau 4 pada skala 1 sampai 4.",
		Clock: "Menurut waktu penilaian dikirim."}}
	f.Value, f.Note = shareText(o.now.CSAT, "n = "+views.Count(o.now.Asked()))
	f.Before, _ = shareText(o.was.CSAT, "")
	return f
}

func (o opinions) solved() views.Figure {
	f := views.Figure{Label: "Selesai menurut pemohon", Href: o.behind(tickets.RatingAnswers, o.now.Answered), Sheet: views.Sheet{
		Set: "Penilaian yang menjawab masalahnya selesai.", Clock: "Menurut waktu penilaian dikirim."}}
	f.Value, f.Note = shareText(o.now.SolvedAll, "n = "+views.Count(o.now.Answered))
	f.Before, _ = shareText(o.was.SolvedAll, "")
	return f
}

func (o opinions) index() views.Figure {
	f := views.Figure{Label: "Indeks Kepuasan Masyarakat (IKM)", Href: o.behind(tickets.SurveyAnswers, o.now.Complete), Sheet: views.Sheet{
		Set: "Survei sembilan unsur (PermenPANRB 14/2017) yang lengkap. Nilai rata-rata tiap unsur berbobot 1/9, dijumlah, dikali 25. " +
			"Bobot tidak dibulatkan menjadi 0,11, agar nilai tertinggi tetap 100.",
		Clock: "Menurut waktu survei dikirim."}}
	f.Value, f.Note = indexText(o.now)
	f.Before, _ = indexText(o.was)
	return f
}

// behind leads to the requests of n answers, unless they are too few to be
// listed.
func (o opinions) behind(answers tickets.Answers, n int) string {
	if n < tickets.FewestAnswers {
		return ""
	}
	return o.answers(answers, "")
}

// shareText is a percentage with what it rests on, or that it rests on too few.
func shareText(of func() (int, bool), note string) (string, string) {
	percent, ok := of()
	if !ok {
		return noneAt, tooFewAnswers
	}
	return fmt.Sprintf("%d%%", percent), note
}

func indexText(s tickets.Satisfaction) (value, note string) {
	index, ok := s.Index()
	if !ok {
		return noneAt, tooFewAnswers
	}
	letter, words := index.Grade()
	return fmt.Sprintf("%s · %s", index, letter), words + ", n = " + views.Count(s.Complete) + " survei lengkap"
}

// notes say what the index rests on, and what it leaves out.
func (o opinions) notes() []string {
	notes := []string{"Mutu IKM: A 88,31–100, B 76,61–88,30, C 65,00–76,60, D 25,00–64,99.",
		"Di bawah lima jawaban tidak ada angka, dan daftar permohonan tidak memuat jawaban."}
	if o.now.Skipped > 0 {
		notes = append(notes, fmt.Sprintf("%d survei tidak lengkap disimpan, tetapi tidak dihitung dalam IKM.", o.now.Skipped))
	}
	if want := tickets.Sample(o.now.Invited); o.now.Complete < want {
		notes = append(notes, fmt.Sprintf("Untuk %s permohonan, tabel Krejcie dan Morgan pada peraturan itu meminta %d survei lengkap. Baru ada %s.",
			views.Count(o.now.Invited), want, few(o.now.Complete)))
	}
	return notes
}
