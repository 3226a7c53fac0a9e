package app

import (
	"fmt"
	"strconv"
	"strings"

	"pulih/db"
	"pulih/tickets"
	"pulih/views"
)

// ikmOf is the index of a period and of the one before it.
type ikmOf struct {
	halfYear
	zone     db.Zone
	now, was tickets.IKM
}

func (o ikmOf) section() views.ReportSection {
	s := views.ReportSection{ID: "ikm", Title: o.String(), Figures: []views.Figure{o.index(), o.response(), o.answers()}, Notes: o.notes(),
		Lead: fmt.Sprintf("Survei %s, dibandingkan dengan %s.", daysOf(o.now.Period, o.zone), strings.ToLower(o.before().String()[:1])+o.before().String()[1:])}
	if o.now.Means != nil {
		s.Tables = append(s.Tables, o.table())
	}
	return s
}

func daysOf(p tickets.Period, z db.Zone) days {
	return days{p.From.Time().In(z.Location), p.Until.Time().In(z.Location).AddDate(0, 0, -1), z}
}

func (o ikmOf) index() views.Figure {
	f := views.Figure{Label: "Nilai IKM", Value: noneAt, Note: untold(o.now.Complete), Before: noneAt, Sheet: views.Sheet{
		Set:   "Survei sembilan unsur (PermenPANRB 14/2017) yang lengkap. Nilai rata-rata tiap unsur berbobot 1/9, dijumlah, dikali 25.",
		Clock: "Menurut waktu survei dikirim."}}
	if o.now.Index != 0 {
		letter, words := o.now.Index.Grade()
		f.Value, f.Note = fmt.Sprintf("%s · %s", o.now.Index, letter), words+", "+answered(o.now.Complete)+" survei lengkap"
	}
	if o.was.Index != 0 {
		letter, _ := o.was.Index.Grade()
		f.Before = fmt.Sprintf("%s · %s", o.was.Index, letter)
	}
	return f
}

func (o ikmOf) response() views.Figure {
	f := views.Figure{Label: "Tingkat jawaban survei", Sheet: views.Sheet{
		Set:   "Permohonan yang selesai atau ditolak dalam periode ini, dan bagian yang sembilan unsurnya dinilai lengkap.",
		Clock: "Menurut waktu permohonan berakhir."}}
	f.Value, f.Note = shareText(o.now.Response, o.now.Responded, fmt.Sprintf("%s dari %s permohonan", views.Count(o.now.Responded), views.Count(o.now.Invited)))
	f.Before, _ = shareText(o.was.Response, o.was.Responded, "")
	return f
}

func (o ikmOf) answers() views.Figure {
	return views.Figure{Label: "Survei lengkap", Value: few(o.now.Complete), Note: "diminta " + views.Count(tickets.Sample(o.now.Invited)), Before: few(o.was.Complete),
		Sheet: views.Sheet{Set: "Survei yang dihitung, dan jumlah yang diminta tabel Krejcie dan Morgan dalam peraturan itu."}}
}

// table are the elements as the regulation's form has them: a ninth each.
func (o ikmOf) table() views.Table {
	t := views.Table{Caption: "Nilai sembilan unsur", Head: []views.Column{{Text: "Unsur"}, {Text: "NRR", Number: true}, {Text: "Bobot", Number: true},
		{Text: "NRR × bobot", Number: true}, {Text: "Nilai (× 25)", Number: true}, {Text: "Mutu"}, {Text: "Sebelumnya", Number: true}}}
	for i, mean := range o.now.Means {
		letter, _ := hundredths(25 * mean).Grade()
		was := noneAt
		if o.was.Means != nil {
			was = decimal(o.was.Means[i], -1)
		}
		t.Rows = append(t.Rows, []views.Cell{{Text: fmt.Sprintf("%d. %s", i+1, tickets.Elements[i])}, {Text: decimal(mean, -1)}, {Text: "1/9"},
			{Text: decimal(mean/9, 3)}, {Text: hundredths(25 * mean).String()}, {Text: letter}, {Text: was}})
	}
	letter, _ := o.now.Index.Grade()
	return withTotal(t, []views.Cell{{Text: "IKM"}, {}, {Text: "9/9"}, {Text: decimal(float64(o.now.Index)/2500, 3)}, {Text: o.now.Index.String()}, {Text: letter}, {}})
}

func withTotal(t views.Table, total []views.Cell) views.Table {
	t.Rows = append(t.Rows, total)
	return t
}

func hundredths(v float64) tickets.Hundredths { return tickets.Hundredths(100*v + 0.5) }

func decimal(v float64, places int) string {
	return strings.Replace(strconv.FormatFloat(v, 'f', places, 64), ".", ",", 1)
}

func (o ikmOf) notes() []string {
	notes := []string{"Mutu: A 88,31–100, B 76,61–88,30, C 65,00–76,60, D 25,00–64,99. NRR adalah nilai rata-rata, 1 sampai 4.",
		"NRR ditulis dua desimal mulai 30 survei. IKM dihitung dari nilai yang tidak dibulatkan."}
	if o.now.Apart > 0 {
		notes = append(notes, fmt.Sprintf("%d survei dari bulan dengan kurang dari lima jawaban tidak dihitung. Selisihnya akan membuka jawaban perorangan.", o.now.Apart))
	}
	if o.now.Index != 0 && o.now.Means == nil {
		notes = append(notes, "Nilai tiap unsur tidak ditampilkan: dalam sebagian periode, semua jawaban untuk satu unsur sama.")
	}
	return append(notes, "Di bawah lima jawaban, atau bila semua jawaban sama, tidak ada angka.")
}
