package app

import (
	"fmt"
	"time"

	"pulih/guide"
	"pulih/views"
)

// outcomeWords are how outcomes are told to the person and to an agent.
var outcomeWords = map[guide.Outcome]string{
	guide.Worked: "Berhasil", guide.Failed: "Belum berhasil", guide.Cannot: "Tidak bisa dilakukan", guide.Handed: "Minta petugas",
}

// methodWords say how a clock was measured.
var methodWords = map[guide.Method]string{
	guide.ByBrowser: "jam browser", guide.ByCode: "kode latihan dari aplikasi", guide.ByEye: "dibaca pemohon dari layar",
}

// learnedRows put what a walk learned into words, as the person and the agent
// both read it.
func (a *App) learnedRows(l guide.Learned) (rows []views.Row) {
	if l.Empty() {
		return nil
	}
	if l.Symptom != "" {
		rows = append(rows, views.Row{Key: "Gejala", Value: a.symptomTitle(l.Symptom)})
	}
	for _, s := range l.Steps {
		rows = append(rows, views.Row{Key: a.stepTitle(s.Place), Value: outcomeWords[s.Outcome] + ", " + s.At.Short(a.Zone)})
	}
	if brand, ok := guide.BrandByKey(l.Brand); ok {
		rows = append(rows, views.Row{Key: "Merek HP", Value: brand.Name})
	}
	if l.Clock != nil {
		rows = append(rows, views.Row{Key: "Jam", Value: verdictWords(*l.Clock) + " Diukur " + l.ClockAt.Short(a.Zone) + "."})
	}
	if l.Helper {
		rows = append(rows, views.Row{Key: "Pendamping", Value: "Dibantu orang lain"})
	}
	return rows
}

// verdictWords tells a verdict with its method and its uncertainty.
func verdictWords(v guide.Verdict) string {
	return fmt.Sprintf("%s. Cara: %s. Ketelitian ± %s.", v.Headline(), methodWords[v.Method], precision(v.Drift.Bound()))
}

func precision(bound time.Duration) string {
	if bound < time.Second {
		return "1 detik"
	}
	return fmt.Sprintf("%.0f detik", bound.Seconds())
}

// symptomTitle falls back to the key: the texts may change while a request
// lives.
func (a *App) symptomTitle(key string) string {
	if s, ok := a.Catalogue.Symptom(key); ok {
		return s.Title
	}
	return key
}

func (a *App) stepTitle(at guide.Place) string {
	if s, ok := a.Catalogue.Symptom(at.Symptom); ok {
		if step, ok := s.Step(at.Step); ok {
			return step.Title
		}
	}
	return at.Symptom + " › " + at.Step
}
