package app

import (
	"slices"

	"pulih/tickets"
	"pulih/views"
)

// comparisons are the blind forms, the call first because it needs nothing
// from the person, or the one reason why there are none.
func comparisons(f tickets.File) (forms []views.Action, why string) {
	if mustCome(f) {
		return nil, "Bukti jarak jauh tidak cukup untuk permohonan ini."
	}
	if may(f, tickets.VerbCall) && len(f.Missing) > 0 && !matched(f, tickets.Callback) || may(f, tickets.VerbCallAgain) {
		forms = append(forms, callForm(f))
	}
	// A later item would void the check: then one is withdrawn first.
	if f.State == tickets.Open && len(f.Missing) > 0 && may(f, tickets.VerbAddProof) {
		for _, kind := range tickets.DocumentKinds {
			if !matched(f, kind) && !f.Spent(kind) {
				forms = append(forms, documentForm(f, kind))
			}
		}
	}
	if len(forms) == 0 && f.State == tickets.Open {
		why = f.Allowed[tickets.VerbAddProof]
		if why == "" && len(f.Missing) > 0 {
			why = tickets.ErrSpent.Text
		}
	}
	return forms, why
}

// matched tells whether such an item is there already.
func matched(f tickets.File, kind tickets.ProofKind) bool {
	return slices.ContainsFunc(f.Proofs, func(p tickets.Proof) bool {
		return p.Kind == kind && p.Result == tickets.Match && !p.Void && !p.Second
	})
}

func callForm(f tickets.File) views.Action {
	number := views.PhoneField("telepon-nomor", "Nomor telepon menurut data kepegawaian", "")
	number.Hint, number.Autocomplete = "Lihat di SIASN, sistem data ASN dari BKN. Jangan bertanya kepada pemohon.", "off"
	return views.Action{
		ID: "telepon", Title: "Telepon balik", Text: "Bila nomornya cocok, Anda mendapat kode untuk dibacakan.",
		Post: ticketAddress(f.Number) + "/telepon", Version: version(f), Fields: []views.Control{{Field: number}},
	}
}

func documentForm(f tickets.File, kind tickets.ProofKind) views.Action {
	form := views.Action{
		ID: string(kind), Title: "Cocokkan " + kind.Label(), Text: "Ketik seperti tertulis pada dokumen.",
		Post: ticketAddress(f.Number) + "/bukti", Version: version(f),
		Fixed: []views.Pair{{Name: "jenis", Value: string(kind)}},
	}
	if f.Channel == tickets.Counter {
		form.Fixed = append(form.Fixed, views.Pair{Name: proofField(kind, "cara"), Value: string(tickets.Seen)})
	} else {
		form.Fields = append(form.Fields, howControl(kind))
	}
	for _, field := range kind.Fields() {
		form.Fields = append(form.Fields, views.Control{Field: views.Field{
			Name: proofField(kind, field.Key), Label: field.Label, Hint: field.Hint, Optional: field.Optional, Autocomplete: "off",
		}})
	}
	return form
}

func howControl(kind tickets.ProofKind) views.Control {
	var ways []views.Option
	for _, how := range []tickets.How{tickets.Video, tickets.Letter} {
		ways = append(ways, views.Option{Value: string(how), Text: how.Label()})
	}
	return views.Control{Field: views.Field{Name: proofField(kind, "cara"), Label: "Bagaimana Anda melihatnya?"}, Options: ways}
}
