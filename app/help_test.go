package app

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"pulih/guide"
)

const (
	symptomOTP = "otp-tidak-valid"
	stepClock  = "/bantuan/otp-tidak-valid/cek-jam"
)

func (b *browser) answer(step, outcome string) page {
	b.x.t.Helper()
	return b.post(step, url.Values{"hasil": {outcome}})
}

// Every step of every symptom goes on, whatever is answered, without a
// script, and never to an address that is not there.
func TestEveryAnswerOfEveryStepLeadsOn(t *testing.T) {
	x := newTest(t)
	b := x.clockBrowser(onPhone)
	for _, s := range x.Catalogue.Symptoms() {
		b.get(symptomAddress(s.Key)).mustSay(t, http.StatusOK, s.Title)
		b.get(handOverAddress(s.Key)).mustSay(t, http.StatusOK, "Isi formulir permohonan")
		for _, step := range s.Steps {
			at := stepAddress(guide.Place{Symptom: s.Key, Step: step.Key})
			if p := b.get(at); p.status != http.StatusOK || p.Find(`button[name="hasil"]`).Length() != 4 {
				t.Fatalf("%s: %d, %d answers", at, p.status, p.Find(`button[name="hasil"]`).Length())
			}
			for _, outcome := range []string{"berhasil", "belum", "tidak-bisa", "petugas"} {
				x.exec(`DELETE FROM limits`)
				if p := b.follow(b.answer(at, outcome)); p.status != http.StatusOK {
					t.Errorf("%s, %s leads to %s: %d", at, outcome, p.path, p.status)
				}
			}
		}
	}
}

func TestEveryQuestionOpens(t *testing.T) {
	x := newTest(t)
	b := x.browser()
	open, seen := []string{"/bantuan"}, map[string]bool{}
	for len(open) > 0 {
		at := open[0]
		if open = open[1:]; seen[at] {
			continue
		}
		seen[at] = true
		p := b.get(at)
		if p.status != http.StatusOK {
			t.Fatalf("%s: %d", at, p.status)
		}
		if strings.HasPrefix(at, "/bantuan/") && !strings.HasPrefix(at, "/bantuan/pilih/") {
			continue
		}
		for _, link := range p.Find("main .choices a").EachIter() {
			open = append(open, link.AttrOr("href", ""))
		}
	}
	for _, s := range x.Catalogue.Symptoms() {
		if !seen[symptomAddress(s.Key)] {
			t.Errorf("no question leads to %s", s.Key)
		}
	}
}

func TestReadingBeginsNoWalk_law8(t *testing.T) {
	x := newTest(t)
	b := x.browser()
	for _, at := range []string{"/", "/bantuan", "/bantuan/pendamping", "/bantuan/selesai", stepClock, "/bantuan/otp-tidak-valid", "/tiket/baru?gejala=otp-tidak-valid", "/panduan", "/cek-jam"} {
		if p := b.get(at); p.status != http.StatusOK || strings.Contains(strings.Join(p.header.Values("Set-Cookie"), " "), cookieWalk) {
			t.Errorf("%s: %d, cookies %v", at, p.status, p.header.Values("Set-Cookie"))
		}
	}
	if n := x.countRows(`SELECT count(*) FROM walks`); n != 0 {
		t.Errorf("%d walks began", n)
	}
}

// A step that waits names the hour, half an hour from now (domain.md §1.6 no. 2).
func TestAWaitingStepNamesTheHour(t *testing.T) {
	x := newTest(t) // 10.00 WITA
	for _, s := range x.Catalogue.Symptoms() {
		for _, step := range s.Steps {
			if step.Tool == guide.WaitTool {
				x.browser().get(stepAddress(guide.Place{Symptom: s.Key, Step: step.Key})).mustSay(t, http.StatusOK, "Sekarang 10.00 WITA. Coba lagi setelah 10.30 WITA")
				return
			}
		}
	}
	t.Error("no step waits")
}

// A computer shows a code that opens the step on the phone.
func TestAStepGoesOnOnThePhone(t *testing.T) {
	x := newTest(t)
	for agent, want := range map[string]int{onComputer: 1, onPhone: 0} {
		p := x.clockBrowser(agent).get(stepClock)
		if n := p.Find(`img[alt^="Kode QR alamat"]`).Length(); n != want || p.Find("#alamat").Text() != x.BaseURL.JoinPath(stepClock).String() {
			t.Errorf("%s: %d codes, address %q", agent, n, p.Find("#alamat").Text())
		}
	}
}
