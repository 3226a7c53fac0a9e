package tickets

import (
	"slices"

	"pulih/db"
)

// ProofKind is what an item of proof is.
type ProofKind string

// The kinds of proof. Callback is recorded by CallCode, Factor by ShowFactor.
// Superior waits for a roster that records who somebody's superior is: until
// then nobody's word counts as that (impostor 8).
const (
	KTP      ProofKind = "ktp"
	Karpeg   ProofKind = "karpeg"
	SKCPNS   ProofKind = "sk_cpns"
	SKPNS    ProofKind = "sk_pns"
	SKPPPK   ProofKind = "sk_pppk"
	Callback ProofKind = "callback"
	Superior ProofKind = "superior"
	Factor   ProofKind = "factor"
)

// Class is what sort of proof a kind is; the floor wants two (impostor 8).
// Knowledge is none.
type Class string

// The classes.
const (
	ClassPossession Class = "possession"
	ClassDocument   Class = "document"
	ClassCallback   Class = "callback"
	ClassSuperior   Class = "superior"
)

var classes = map[ProofKind]Class{KTP: ClassDocument, Karpeg: ClassDocument, SKCPNS: ClassDocument, SKPNS: ClassDocument,
	SKPPPK: ClassDocument, Callback: ClassCallback, Superior: ClassSuperior, Factor: ClassPossession}

var kindLabels = map[ProofKind]string{KTP: "KTP", Karpeg: "Kartu Pegawai (Karpeg/KPE)", SKCPNS: "SK CPNS", SKPNS: "SK PNS",
	SKPPPK: "SK PPPK", Callback: "Telepon balik", Superior: "Keterangan atasan", Factor: "Faktor yang masih ada"}

// Label names a kind on screen.
func (k ProofKind) Label() string { return kindLabels[k] }

// Class is the kind's class.
func (k ProofKind) Class() Class { return classes[k] }

// DocumentKinds lists the documents in the order of the form.
var DocumentKinds = []ProofKind{KTP, Karpeg, SKCPNS, SKPNS, SKPPPK}

// identity cards and decrees of appointment are two sorts of document: L2
// wants one of each.
var cards = []ProofKind{KTP, Karpeg}

func (k ProofKind) isCard() bool { return slices.Contains(cards, k) }

// How says how the agent saw a document.
type How string

// The ways a document is seen.
const (
	Seen   How = "loket" // the original, at the counter
	Video  How = "video" // the original, in a video call
	Letter How = "surat" // with an official letter of the office
)

// Hows lists them in the order of the form.
var Hows = []How{Seen, Video, Letter}

var howLabels = map[How]string{Seen: "Asli di loket", Video: "Panggilan video", Letter: "Surat dinas"}

// Label names a way on screen.
func (h How) Label() string { return howLabels[h] }

// Result is what came of an item.
type Result string

// The results.
const (
	Match   Result = "match"
	NoMatch Result = "no_match"
	Called  Result = "called" // the call was made, the code is not typed yet
	Spent   Result = "spent"  // the code of the call was mistyped five times
)

var resultLabels = map[Result]string{Match: "cocok", NoMatch: "tidak cocok", Called: "menunggu kode pemohon", Spent: "percobaan kode habis"}

// Label names a result on screen.
func (r Result) Label() string { return resultLabels[r] }

// Stages: the checker's items are evidence, the approver's are not.
const (
	stageCheck    = "check"
	stageApproval = "approval"
)

// ProofField is one thing the agent types from a document. Key is both the
// form's field and the key of ProofForm.Typed.
type ProofField struct {
	Key, Label, Hint string
	Optional         bool
}

// The fields of a document.
const (
	fieldName   = "nama"
	fieldBirth  = "lahir"
	fieldNIP    = "nip"
	fieldUnit   = "unit"
	fieldNumber = "nomor"
)

// Fields says what the agent types from a document of this kind.
func (k ProofKind) Fields() []ProofField {
	name, birth := ProofField{Key: fieldName, Label: "Nama pada dokumen"}, ProofField{Key: fieldBirth, Label: "Tanggal lahir", Hint: "Contoh: 19-06-1976"}
	number := ProofField{Key: fieldNumber, Label: "Nomor dokumen"}
	switch {
	case k.isCard():
		return []ProofField{name, birth, number}
	case k.Class() == ClassDocument:
		return []ProofField{name, {Key: fieldNIP, Label: "NIP atau NI PPPK"}, {Key: fieldUnit, Label: "Unit kerja", Optional: true}, number}
	}
	return nil
}

// Proof is a recorded item. It never holds what was typed nor what it was
// compared with.
type Proof struct {
	ID     string
	Kind   ProofKind
	Class  Class
	How    How
	Source string // where the reference came from; Indonesian
	Result Result
	At     db.Time
	By     string
	ByName string
	Void   bool
	Second bool   // the approver's, which is no contribution
	Left   int    // tries left for this item, in the answer of AddProof
	Twice  bool   // its number is that of another document of the request
	Other  bool   // none left, but another document may be tried
	File   string // the attachment that it was compared with, "" for none

	cycle      int64
	numberHash []byte
	codeHash   []byte
	codeUntil  db.Time
	codeTries  int64
}

// counts tells whether an item is evidence in a ticket's present cycle.
func (p Proof) counts(r *record) bool {
	return p.Result == Match && !p.Void && !p.Second && p.cycle == r.Cycle
}
