package app

import (
	"bufio"
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"pulih/db"
	"pulih/db/dbtest"
	"pulih/guide"
)

// From the step to the clock check and back, on one phone: the verdict stands
// at the step, until it is green.
func TestTheClockCheckLeadsBackToItsStep(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		x := newTestOn(t, d, clock)
		b := x.clockBrowser(onPhone)
		b.follow(b.post(stepClock+"/jam", nil)).mustSay(t, http.StatusOK, "Cek jam HP")
		late := b.follow(b.post("/cek-jam/ukur", url.Values{"selisih": {"-240000"}, "ragu": {"40"}}))
		if to := late.Find(`main a:contains("Kembali ke langkah")`).AttrOr("href", ""); to != stepClock {
			t.Fatalf("leads to %q:\n%s", to, late.text())
		}
		const again = "/bantuan/otp-tidak-valid/uji-lagi"
		b.get(stepClock).mustSay(t, http.StatusOK, "Jam HP Anda terlambat 4 menit")
		goesOn(t, b.get(stepClock), "belum")
		x.clock.Advance(time.Second)
		b.follow(b.answer(stepClock, "belum")).mustSay(t, http.StatusOK, "Nyalakan tanggal dan waktu otomatis")
		x.clock.Advance(time.Minute)
		b.follow(b.answer("/bantuan/otp-tidak-valid/jam-otomatis", "berhasil")).mustSay(t, http.StatusOK, "Uji jam lagi")
		goesOn(t, b.get(again), "") // what was measured was before the repair
		b.post(again+"/jam", nil)
		b.post("/cek-jam/ukur", url.Values{"selisih": {"900"}, "ragu": {"40"}})
		b.get(again).mustSay(t, http.StatusOK, "Jam HP Anda cocok")
		goesOn(t, b.get(again), "berhasil")
		b.follow(b.answer("/bantuan/otp-tidak-valid/uji-lagi", "berhasil")).mustSay(t, http.StatusOK, "Bagaimana hasilnya?")
	})
}

// goesOn says which answer a measured clock gives by itself, "" for none.
func goesOn(t *testing.T, p page, outcome string) {
	t.Helper()
	if got := p.Find(`main fieldset button:contains("Lanjut")`).AttrOr("value", ""); got != outcome {
		t.Errorf("%s goes on with %q, not %q", p.path, got, outcome)
	}
}

// A laptop hands the check to a phone: no address, no row and no page of the
// phone tells of the walk, and the verdict is at the laptop's page and step.
func TestAPhoneMeasuresForTheLaptopsWalk(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		x := newTestOn(t, d, clock)
		laptop, phone := x.clockBrowser(onComputer), x.clockBrowser(onPhone)
		waiting := laptop.follow(laptop.post(stepClock+"/jam", nil))
		waiting.mustSay(t, http.StatusOK, "Hasil dari HP tampil di halaman ini")
		phone.follow(phone.submit(phone.get(x.handOff()))).mustSay(t, http.StatusOK, "Buka entri latihan")
		opened := phone.get(practicePath)
		laptop.get(practicePath).mustSay(t, http.StatusOK, "HP sudah tersambung")
		app := x.scan(opened, -time.Hour)
		next := phone.follow(phone.submit(opened, "kode", app.code()))
		x.clock.Advance(30 * time.Second)
		verdict := phone.follow(phone.submit(next, "kode", app.code()))
		verdict.mustSay(t, http.StatusOK, "Hasil ini juga tampil")
		if strings.Contains(verdict.text(), "Kembali ke langkah") {
			t.Error("the phone is led into the laptop's walk")
		}
		shown := laptop.get(practicePath)
		shown.mustSay(t, http.StatusOK, "Jam HP Anda terlambat tepat 1 jam")
		shown.mustSay(t, http.StatusOK, "Kembali ke langkah")
		laptop.get(stepClock).mustSay(t, http.StatusOK, "Jam HP Anda terlambat tepat 1 jam")
		if strings.Contains(phone.get(stepClock).text(), "terlambat") {
			t.Error("the phone has the laptop's walk")
		}
	})
}

// The computer's own clock says nothing of the app, and is not the walk's.
func TestAComputersClockIsNotTheWalks(t *testing.T) {
	x := newTest(t)
	b := x.clockBrowser(onComputer)
	b.post(stepClock+"/jam", nil)
	b.follow(b.post("/cek-jam/ukur", url.Values{"selisih": {"-240000"}, "ragu": {"40"}}))
	if p := b.get(stepClock); strings.Contains(p.text(), "terlambat") {
		t.Errorf("shown: %s", p.text())
	}
	if n := x.countRows(`SELECT count(*) FROM clock_checks WHERE walk <> '' OR practice <> ''`); n != 0 {
		t.Errorf("%d kept", n)
	}
}

// listens opens the clock's stream and returns its lines.
func (b *browser) listens(ctx context.Context, since string) (int, *bufio.Scanner, func()) {
	b.x.t.Helper()
	r := must(http.NewRequestWithContext(ctx, http.MethodGet, b.x.url+clockStreamPath+"?sejak="+since, nil))(b.x.t)
	answer := must(b.client.Do(r))(b.x.t)
	return answer.StatusCode, bufio.NewScanner(answer.Body), func() { _ = answer.Body.Close() }
}

func TestTheStreamTellsTheLaptop(t *testing.T) {
	x := newTest(t)
	laptop, phone := x.clockBrowser(onComputer), x.clockBrowser(onPhone)
	laptop.practise()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	status, lines, closing := laptop.listens(ctx, "0")
	defer closing()
	if status != http.StatusOK || !lines.Scan() {
		t.Fatalf("status %d", status)
	}
	phone.submit(phone.get(x.handOff()))
	opened := phone.get(practicePath)
	phone.submit(opened, "kode", x.scan(opened, 0).code())
	said := ""
	for lines.Scan() {
		said += lines.Text() + "\n"
	}
	if !strings.Contains(said, "event: berubah") || strings.Contains(said, "cocok") {
		t.Errorf("heard %q", said)
	}
}

// Strangers hear nothing, and one practice and one network hold few streams.
func TestClockStreamsAreBoundAndFew(t *testing.T) {
	x := newTest(t)
	stranger := x.browser()
	if status, _, closing := stranger.listens(t.Context(), "0"); status != http.StatusNoContent {
		t.Errorf("a stranger: %d", status)
	} else {
		closing()
	}
	b := x.clockBrowser(onComputer)
	b.practise()
	ctx, cancel := context.WithCancel(t.Context())
	for range clockStreamsOfPractice {
		status, lines, _ := b.listens(ctx, "0")
		if status != http.StatusOK || !lines.Scan() {
			t.Fatalf("status %d", status)
		}
	}
	if status, _, closing := b.listens(ctx, "0"); status != http.StatusTooManyRequests {
		t.Errorf("one more: %d", status)
	} else {
		closing()
	}
	cancel()
	x.streams.mu.Lock()
	x.streams.taken["network 127.0.0.1/32"] = clockStreamsOfNetwork + clockStreamsOfPractice // those that were left are still closing
	x.streams.mu.Unlock()
	other := x.clockBrowser(onComputer)
	other.practise()
	if status, _, closing := other.listens(t.Context(), "0"); status != http.StatusTooManyRequests {
		t.Errorf("past the network's: %d", status)
	} else {
		closing()
	}
}

func TestTheStreamEndsWithItsPractice(t *testing.T) {
	x := newTest(t)
	b := x.clockBrowser(onComputer)
	b.practise()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	_, lines, closing := b.listens(ctx, "0")
	defer closing()
	lines.Scan()
	x.clock.Advance(guide.PracticeLife)
	other := x.clockBrowser(onPhone)
	other.post("/cek-jam/ukur", url.Values{"selisih": {"1"}, "ragu": {"1"}}) // any change makes it look
	for lines.Scan() {
		if strings.Contains(lines.Text(), "berubah") {
			t.Error("told of somebody else's verdict")
		}
	}
	if ctx.Err() != nil {
		t.Error("still open")
	}
}
