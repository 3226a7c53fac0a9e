package tickets

import (
	"slices"
	"time"

	"pulih/db"
)

// Figure names a number of the report, and the list behind it.
type Figure string

// The figures, in the order of the page.
const (
	Arrived    Figure = "masuk"
	Reopenings Figure = "buka-lagi"
	Resolved   Figure = "selesai"
	Declined   Figure = "ditolak"
	Dropped    Figure = "berakhir"
	Backlog    Figure = "terbuka"

	Response  Figure = "respons"
	Identity  Figure = "identitas"
	Approval  Figure = "persetujuan"
	Reissue   Figure = "terbit-ulang"
	FullWork  Figure = "penuh-kerja"
	FullWall  Figure = "penuh-kalender"
	FirstWork Figure = "pertama-kerja"
	FirstWall Figure = "pertama-kalender"
	AtDesk    Figure = "tunggu"

	Judged   Figure = "dinilai"
	Kept     Figure = "tepat"
	Missed   Figure = "lewat"
	Reopened Figure = "dibuka-kembali"
	OneTouch Figure = "sekali-kontak"
	Repeat   Figure = "berulang"
	Decided  Figure = "diputus"

	AnswerJudged Figure = "respons-dinilai"
	AnswerKept   Figure = "respons-tepat"

	Invited Figure = "diundang"
	Settled Figure = "selesai-7-hari"

	Age4h   Figure = "umur-4j"
	Age8h   Figure = "umur-8j"
	Age2d   Figure = "umur-2h"
	Age5d   Figure = "umur-5h"
	AgeOver Figure = "umur-lebih"

	WrongItems  Figure = "tidak-cocok"
	NotMine     Figure = "bukan-saya"
	Unsure      Figure = "tidak-dipastikan"
	LapsedCodes Figure = "kode-lewat"
	Checks      Figure = "pemeriksaan"
	Rulings     Figure = "keputusan"
)

// AnswerTarget is within how much working time a first answer is hoped for
// (helpdesk.md §6.3: nine of ten).
const AnswerTarget = 4 * time.Hour

// Ages lists the age bands, youngest first.
var Ages = []Figure{Age4h, Age8h, Age2d, Age5d, AgeOver}

// Sheet is the definition of a figure, which the page prints beside it: what
// is counted, by which clock, from when to when, by which calendar
// (helpdesk.md §4.3). What says nothing of a figure is empty.
type Sheet struct{ Set, Clock, Start, End, Calendar string }

// figure is a line of the one definition sheet: what the page prints is what
// is counted. when is the moment at which a cycle counts, 0 for never; each
// instead tells which of its marks count; took is nil for what has no
// duration; of is the whole that it is a part of; again is what becomes of a
// request that was opened again.
type figure struct {
	Name  Figure
	Label string
	Sheet Sheet
	of    Figure
	when  func(*Measure, *frame) db.Time
	each  func(*Mark) bool
	took  func(*Measure) time.Duration
	by    []Dimension
	again counts
}

// counts is how a figure takes a request that was opened again.
type counts int

const (
	eachCycle  counts = iota // once more
	oneCycle                 // once, in one of its cycles
	firstCycle               // as it was filed, and once
)

// Figures lists them in the order of the page.
var Figures = names()

func names() (all []Figure) {
	for _, f := range sheet {
		all = append(all, f.Name)
	}
	return all
}

func (f Figure) line() (figure, bool) {
	i := slices.IndexFunc(sheet, func(l figure) bool { return l.Name == f })
	if i < 0 {
		return figure{}, false
	}
	return sheet[i], true
}

// Label is a figure's name on screen, "" of one that there is not.
func (f Figure) Label() string { l, _ := f.line(); return l.Label }

// Sheet is its definition.
func (f Figure) Sheet() Sheet { l, _ := f.line(); return l.Sheet }

// Of is the figure of which it is a part, "" for none.
func (f Figure) Of() Figure { l, _ := f.line(); return l.of }

// Repeats tells whether it counts something each time that it happens, and so
// a request several times.
func (f Figure) Repeats() bool { l, _ := f.line(); return l.each != nil }

// Once tells whether no request is counted twice, opened again or not.
func (f Figure) Once() bool { l, _ := f.line(); return l.again != eachCycle }

// AsFiled tells whether a request counts as it was first filed, so that none of
// its list had been opened again.
func (f Figure) AsFiled() bool { l, _ := f.line(); return l.again == firstCycle }

// Timed tells whether it has a median.
func (f Figure) Timed() bool { l, _ := f.line(); return l.took != nil }
