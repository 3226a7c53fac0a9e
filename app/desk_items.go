package app

import (
	"slices"
	"strconv"

	"pulih/tickets"
	"pulih/views"
)

// proofRows are the items as they were recorded: never what was typed.
func (a *App) proofRows(f tickets.File) []views.ProofRow {
	var rows []views.ProofRow
	for _, p := range f.Proofs {
		row := views.ProofRow{
			Title: p.Kind.Label(), Result: proofBadge(p), By: orPerson(p.ByName) + ", " + p.At.Exact(f.Zone),
		}
		if how := p.How.Label(); how != "" { // a remaining factor has none
			row.By = how + " · " + row.By
		}
		if p.File != "" && !p.Void {
			row.File = fileAddress(f.Number, p.File)
		}
		row.NoFile = p.File == "" && p.Result == tickets.Match && slices.Contains(fromAfar, p.How)
		if p.Second {
			row.By = "Verifikator · " + row.By
		}
		if !p.Void && p.Result != tickets.NoMatch && may(f, tickets.VerbWithdrawProof) {
			row.Withdraw = withdrawForm(f, p)
		}
		rows = append(rows, row)
	}
	return rows
}

// fromAfar are the ways to see a document that leave a file behind, as a rule:
// who approves is told where there is none (impostor 8).
var fromAfar = []tickets.How{tickets.Video, tickets.Letter}

func withdrawForm(f tickets.File, p tickets.Proof) *views.Action {
	form := &views.Action{
		ID: "tarik-" + p.ID, Title: "Tarik bukti ini", Look: views.LookQuiet, Open: true, Version: version(f),
		Post: ticketAddress(f.Number) + "/bukti/" + p.ID + "/penarikan",
	}
	if f.State != tickets.Open {
		form.Title = "Tarik dan batalkan pemeriksaan"
	}
	return form
}

func proofBadge(p tickets.Proof) views.Badge {
	if p.Void {
		return views.Badge{Tone: views.ToneNeutral, Text: "Tidak berlaku"}
	}
	switch p.Result {
	case tickets.Match:
		return views.Badge{Tone: views.ToneSuccess, Text: "Cocok"}
	case tickets.Called:
		return views.Badge{Tone: views.ToneWait, Text: "Menunggu kode pemohon"}
	case tickets.Spent:
		return views.Badge{Tone: views.ToneDanger, Text: "Kode habis"}
	default:
		return views.Badge{Tone: views.ToneDanger, Text: "Tidak cocok"}
	}
}

// orPerson: an item that nobody of the staff recorded came from the person.
func orPerson(name string) string {
	if name == "" {
		return "Pemohon"
	}
	return name
}

func version(f tickets.File) string { return strconv.FormatInt(f.Version, 10) }
