package app

import (
	"fmt"
	"time"

	"pulih/guide"
	"pulih/views"
)

// outcomeNames are how outcomes are told of a step whose words are gone.
var outcomeNames = map[guide.Outcome]string{
	guide.Worked: "Berhasil", guide.Failed: "Belum berhasil", guide.Cannot: "Tidak bisa dilakukan", guide.Handed: "Minta petugas",
}

// methodWords say how a clock was measured.
var methodWords = map[guide.Method]string{
	guide.ByBrowser: "jam browser", guide.ByCode: "kode latihan", guide.ByEye: "pembacaan pemohon",
}

// answeredRows put into words what the person said on the way, as he and the
// agent both read it: each step with the words of the button he pressed.
func (a *App) answeredRows(l guide.Learned) (rows []views.Row) {
	for i, key := range l.Symptoms {
		name := "Gejala"
		if i > 0 {
			name = "Lalu"
		}
		rows = append(rows, views.Row{Key: name, Value: a.symptomTitle(key)})
	}
	for _, s := range l.Steps {
		rows = append(rows, views.Row{Key: a.stepTitle(s.Place), Value: a.outcomeWords(s) + ", " + s.At.Exact(a.Zone)})
	}
	if brand, ok := guide.BrandByKey(l.Brand); ok {
		rows = append(rows, views.Row{Key: "Merek HP", Value: brand.Name})
	}
	if l.Helper {
		rows = append(rows, views.Row{Key: "Pendamping", Value: "Dibantu orang lain"})
	}
	return rows
}

// measuredRows put into words what the app measured.
func (a *App) measuredRows(l guide.Learned) (rows []views.Row) {
	for _, m := range l.Clocks {
		rows = append(rows, views.Row{Key: "Jam menurut " + methodWords[m.Method], Value: verdictWords(m.Verdict) + " Diukur " + m.At.Exact(a.Zone) + "."})
	}
	return rows
}

func (a *App) outcomeWords(s guide.StepOutcome) string {
	step := guide.Step{}
	if symptom, ok := a.Catalogue.Symptom(s.Symptom); ok {
		step, _ = symptom.Step(s.Step)
	}
	switch says := step.Says; {
	case s.Outcome == guide.Worked && says.Worked != "":
		return says.Worked
	case s.Outcome == guide.Failed && says.Failed != "":
		return says.Failed
	case s.Outcome == guide.Cannot && says.Cannot != "":
		return says.Cannot
	}
	return outcomeNames[s.Outcome]
}

// verdictWords tells a verdict with its uncertainty.
func verdictWords(v guide.Verdict) string {
	return fmt.Sprintf("%s. Ketelitian ± %s.", v.Headline(), precision(v.Drift.Bound()))
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
