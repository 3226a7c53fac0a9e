package tickets

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pulih/db"
)

// said makes decisions of a pair: n that took pace each, of which some were
// sent back.
func said(checker, approver string, n, declined int, pace time.Duration) (all []Ruling) {
	for i := range n {
		at := db.Time(i+1) * 24 * slotLength
		d := Ruling{Verb: VerbApprove, At: at.Add(pace), Pace: pace, Checker: StaffName{checker, checker}, Approver: StaffName{approver, approver}}
		if i < declined {
			d.Verb = VerbSendBack
		}
		all = append(all, d)
	}
	return all
}

func pairs(all []Ruling) []Pair {
	t := newTally()
	for _, d := range all {
		t.count(d)
	}
	return t.list()
}

func TestWhichPairsStandOut_impostor18(t *testing.T) {
	const calm, quickly = time.Hour, 40 * time.Second
	for name, c := range map[string]struct {
		all  [][]Ruling
		want string // of rina and sari
	}{
		"nothing odd":              {[][]Ruling{said("rina", "sari", 9, 0, calm)}, ""},
		"in forty seconds":         {[][]Ruling{said("rina", "sari", 5, 0, quickly)}, "kurang dari 2 menit"},
		"four are not judged":      {[][]Ruling{said("rina", "sari", 4, 0, quickly)}, ""},
		"two minutes are enough":   {[][]Ruling{said("rina", "sari", 5, 0, 2*time.Minute)}, ""},
		"one was sent back":        {[][]Ruling{said("rina", "sari", 9, 1, quickly)}, ""},
		"one of twenty":            {[][]Ruling{said("rina", "sari", 20, 1, quickly)}, ""},
		"one of twenty-one":        {[][]Ruling{said("rina", "sari", 21, 1, quickly)}, "kurang dari 2 menit"},
		"half of them in a hurry":  {[][]Ruling{said("rina", "sari", 3, 0, quickly), said("rina", "sari", 2, 0, calm)}, "kurang dari 2 menit"},
		"the only approver there":  {[][]Ruling{said("rina", "sari", 9, 0, calm), said("tono", "sari", 9, 0, calm)}, ""},
		"always the same":          {[][]Ruling{said("rina", "sari", 8, 0, calm), said("rina", "dewi", 2, 0, calm), said("tono", "dewi", 6, 0, calm), said("tono", "sari", 5, 0, calm)}, "hampir selalu orang yang sama"},
		"as often as with others":  {[][]Ruling{said("rina", "sari", 8, 0, calm), said("rina", "dewi", 2, 0, calm), said("tono", "dewi", 5, 0, calm), said("tono", "sari", 5, 0, calm)}, ""},
		"seven of ten":             {[][]Ruling{said("rina", "sari", 7, 0, calm), said("rina", "dewi", 3, 0, calm), said("tono", "dewi", 9, 0, calm)}, ""},
		"each other":               {[][]Ruling{said("rina", "sari", 5, 0, calm), said("sari", "rina", 5, 0, calm)}, "saling menyetujui"},
		"each other, once refused": {[][]Ruling{said("rina", "sari", 5, 0, calm), said("sari", "rina", 6, 1, calm)}, ""},
		"each other, once a year":  {[][]Ruling{said("rina", "sari", 30, 1, calm), said("sari", "rina", 30, 1, calm)}, "saling menyetujui"},
		"each other, four one way": {[][]Ruling{said("rina", "sari", 5, 0, calm), said("sari", "rina", 4, 0, calm)}, ""},
	} {
		got := pairs(slices.Concat(c.all...))
		i := slices.IndexFunc(got, func(p Pair) bool { return p.Checker.ID == "rina" && p.Approver.ID == "sari" })
		if why := strings.Join(got[i].Why, ", "); why != c.want {
			t.Errorf("%s: %q, want %q", name, why, c.want)
		}
	}
}

func TestTheSharesOfAPair(t *testing.T) {
	all := slices.Concat(said("rina", "sari", 3, 1, time.Minute), said("rina", "dewi", 1, 0, time.Minute), said("tono", "sari", 2, 0, time.Minute))
	p := pairs(all)[0]
	if p.OfChecker != 75 || p.OfApprover != 60 || p.Approved != 2 || p.Declined != 1 || p.Pace != time.Minute || p.Judged() {
		t.Errorf("%+v", p)
	}
}

func TestThePairsRuleIsTheOneOnThePage(t *testing.T) {
	whole := strings.Join(slices.Concat(PairDefinition, []string{PairRule}, PairMarks), " ")
	for _, says := range []string{"orang kedua", "petugas yang menolak", "lima keputusan", "5 persen", "2 menit", "80 persen", "kurang dari separuh", "saling menyetujui"} {
		if !strings.Contains(whole, says) {
			t.Error(says)
		}
	}
	for _, sentence := range strings.SplitAfter(strings.ReplaceAll(whole, ": ", ". "), ". ") {
		if n := len(strings.Fields(sentence)); n > 15 {
			t.Errorf("%d words: %s", n, sentence)
		}
	}
	if PairLeast != 5 || pairPace != 2*time.Minute || pairMost != 80 || pairOther != 50 || pairFew != 5 {
		t.Error("the definition says something else")
	}
}
