package tickets

import (
	"slices"

	"pulih/accounts"
)

// OnlyCounter begins what is missing where no remote evidence will do.
const OnlyCounter = "Harus di loket: "

// evidence is what the check rests on. The floor is coded here: two
// independent classes, or two originals seen at the counter; knowledge is no
// class and weighs nothing (impostor 8).
type evidence struct {
	level   Level
	basis   accounts.Basis
	missing []string // Indonesian; empty when the set is complete
}

// weigh judges the items of a ticket. counterOnly says why it may not be
// served remotely, "" when it may; checker is who wants to check; sets are
// what the agency wants beyond the floor.
func weigh(r *record, proofs []Proof, counterOnly, checker string, sets EvidenceSets) evidence {
	valid := slices.DeleteFunc(slices.Clone(proofs), func(p Proof) bool { return !p.counts(r) })
	e := weighChannel(r, valid, counterOnly, checker)
	e.stricter(r, valid, checker, sets)
	e.lack(r.Kind == Email && r.NewEmail == "", "Alamat email baru dari pemohon")
	return e
}

func weighChannel(r *record, valid []Proof, counterOnly, checker string) evidence {
	switch {
	case r.Channel == Counter:
		return originals(valid)
	case counterOnly != "":
		return evidence{L3, "", []string{OnlyCounter + counterOnly}}
	case r.Factor == accounts.NoFactor || !has(valid, Factor):
		return withoutFactor(valid, checker)
	case r.Kind == Email: // whose mailbox is dead hears of nothing (design.md, L2)
		e := withoutFactor(valid, checker)
		e.basis = accounts.ByFactor
		return e
	}
	return withFactor(valid)
}

// stricter adds what the agency wants of a kind and level and is not there
// yet. It takes nothing away (impostor 8).
func (e *evidence) stricter(r *record, valid []Proof, checker string, sets EvidenceSets) {
	hows := []How{Video, Letter}
	if r.Channel == Counter {
		hows = []How{Seen}
	}
	for _, what := range sets[EvidenceKey(r.Kind, e.level)].beyond(e.level).lacking(valid, checker, hows...) {
		e.lack(!slices.Contains(e.missing, what), what)
	}
}

// originals: two different ones, of which the approver sees one as well.
func originals(valid []Proof) evidence {
	e := evidence{level: L3, basis: accounts.ByOriginals}
	e.lack(len(documents(valid, Seen)) < 2, "Dua dokumen asli yang berbeda, dilihat di loket")
	return e
}

func withFactor(valid []Proof) evidence {
	e := evidence{level: L1, basis: accounts.ByFactor}
	e.lack(len(documents(valid, Video, Letter)) < 1, "Satu dokumen yang cocok")
	return e
}

// withoutFactor: a card and a decree, and the checker's own call (impostor 1).
func withoutFactor(valid []Proof, checker string) evidence {
	e := evidence{level: L2, basis: accounts.ByCallback}
	papers := documents(valid, Video, Letter)
	e.lack(!slices.ContainsFunc(papers, ProofKind.isCard), "KTP atau Karpeg yang cocok")
	e.lack(!slices.ContainsFunc(papers, func(k ProofKind) bool { return !k.isCard() }), "SK pengangkatan yang cocok")
	called := slices.ContainsFunc(valid, func(p Proof) bool { return p.Kind == Callback && p.By == checker })
	e.lack(!called, "Telepon balik oleh pemeriksa, dengan kode yang diketik pemohon")
	return e
}

func (e *evidence) lack(missing bool, what string) {
	if missing {
		e.missing = append(e.missing, what)
	}
}

// documents are the kinds of document seen in one of the ways, each once.
func documents(valid []Proof, hows ...How) []ProofKind {
	var kinds []ProofKind
	for _, p := range valid {
		if p.Class == ClassDocument && slices.Contains(hows, p.How) && !slices.Contains(kinds, p.Kind) {
			kinds = append(kinds, p.Kind)
		}
	}
	return kinds
}

func has(valid []Proof, k ProofKind) bool {
	return slices.ContainsFunc(valid, func(p Proof) bool { return p.Kind == k })
}
