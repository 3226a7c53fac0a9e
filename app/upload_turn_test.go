package app

import (
	"context"
	"errors"
	"io"
	"net/http"
	"runtime"
	"strconv"
	"testing"
	"time"

	"pulih/views"
)

// from is the browser behind another address.
func (b *browser) from(address string) *browser {
	b.client.Transport = lawHeaders{b.x.cert, http.Header{"X-Forwarded-For": {address}}}
	return b
}

// trickle begins an upload that never ends, and returns when the server reads
// it. cut breaks the line.
func (b *browser) trickle(path string, open int) (cut func()) {
	b.x.t.Helper()
	kind, body := multipartOf(ktp, photo())
	return b.stall(path, kind, body[:len(body)/2], open)
}

// stall sends the beginning of an upload, and then nothing.
func (b *browser) stall(path, kind string, begun []byte, open int) (cut func()) {
	b.x.t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	gone := b.beginIn(ctx, path, kind, begun)
	for end := time.Now().Add(10 * time.Second); b.x.uploading() < open; runtime.Gosched() {
		if time.Now().After(end) {
			b.x.t.Fatal("the upload is not read")
		}
	}
	cut = func() { stop(); <-gone }
	b.x.t.Cleanup(cut)
	return cut
}

// begin is stall whose end is waited for: it gives the answer's status.
func (b *browser) begin(path, kind string, begun []byte) <-chan int {
	ctx, stop := context.WithCancel(context.Background())
	b.x.t.Cleanup(stop)
	return b.beginIn(ctx, path, kind, begun)
}

func (b *browser) beginIn(ctx context.Context, path, kind string, begun []byte) <-chan int {
	pipe, line := io.Pipe()
	r := must(http.NewRequestWithContext(ctx, http.MethodPost, b.x.url+path, pipe))(b.x.t)
	r.Header.Set("Content-Type", kind)
	r.ContentLength = 1 << 20
	status := make(chan int, 1)
	go func() {
		defer close(status)
		if answer, err := b.client.Do(r); err == nil {
			_ = answer.Body.Close()
			status <- answer.StatusCode
		}
		_ = pipe.Close()
	}()
	go func() { _, _ = line.Write(begun) }()
	context.AfterFunc(ctx, func() { _ = line.Close() })
	return status
}

// uploading counts what is under way.
func (x *test) uploading() (n int) {
	x.uploads.mu.Lock()
	defer x.uploads.mu.Unlock()
	for _, under := range x.uploads.taken {
		n += under
	}
	return n
}

// What an upload announces takes no room: what comes does.
func TestRoomIsTakenByWhatComes_impostor12(t *testing.T) {
	x := newTest(t)
	f := x.filed()
	held := func(want int) {
		t.Helper()
		for end := time.Now().Add(10 * time.Second); x.held() != want && time.Now().Before(end); {
			runtime.Gosched()
		}
		if kib := x.held(); kib != want {
			t.Errorf("held are %d KiB, want %d", kib, want)
		}
	}
	cut := f.trickle(views.StatusPath(f.number, "berkas"), 1)
	held(uploadFirst)
	cut()
	held(0)
	kind, body := multipartOf(ktp, file{"a.jpg", "image/jpeg", make([]byte, 200<<10)})
	f.stall(views.StatusPath(f.number, "berkas"), kind, body[:150<<10], 1)
	held(3 * uploadFirst)
}

// held is what uploads hold of the room, in KiB.
func (x *test) held() int {
	x.room.mu.Lock()
	defer x.room.mu.Unlock()
	return x.room.held
}

// fill takes all that the uploads of a network get, each receipt the most that
// it may.
func (r *room) fill(network string, receipts int) {
	for n := range receipts * uploadsOfOne {
		t := &turn{network: network, one: network + "|" + strconv.Itoa(n/uploadsOfOne), cut: func() {}}
		for in := r.enter(t); in && t.held < maxUploadKiB; in = r.grow(t, uploadFirst) {
		}
	}
}

// However many networks fill the room, one that has nothing under way gets its
// photos through; so does a new receipt behind the address of others.
func TestSlowUploadsCloseNobodyElsesWay_impostor12(t *testing.T) {
	for name, v := range map[string]struct {
		networks, receipts int
		victim             string
		gets               int // KiB
	}{
		"two receipts of his office":  {1, 2, "0", maxUploadKiB},
		"sixty of his office":         {1, 60, "0", 3 << 10},
		"four networks":               {4, 4, "another", maxUploadKiB},
		"fourteen networks":           {14, 4, "another", maxUploadKiB},
		"a hundred networks":          {100, 4, "another", 2 << 10},
		"a hundred, and his own, too": {100, 4, "0", 3 * 300 >> 1}, // which shares with himself
	} {
		var r room
		for n := range v.networks {
			r.fill(strconv.Itoa(n), v.receipts)
		}
		victim := &turn{network: v.victim, one: "victim", cut: func() {}}
		for in := r.enter(victim); in && victim.held < v.gets; in = r.grow(victim, uploadFirst) {
		}
		if !r.has(victim) || victim.held < v.gets || r.held > uploadRoom {
			t.Errorf("%s: he gets %d KiB of %d, all hold %d", name, victim.held, v.gets, r.held)
		}
	}
}

// Whoever makes way is cut off at once, and told that it is busy; the others
// go on.
func TestTheHeaviestUploadMakesWay_impostor12(t *testing.T) {
	x := newTest(t)
	x.echo.IPExtractor = clientAddress(lawPrefixes("127.0.0.0/8"))
	heavy := x.filed()
	heavy.from("203.0.113.9")
	kind, body := multipartOf(ktp, file{"a.jpg", "image/jpeg", make([]byte, 900<<10)})
	begun := heavy.begin(views.StatusPath(heavy.number, "berkas"), kind, body[:800<<10])
	for end := time.Now().Add(10 * time.Second); x.held() < 800 && time.Now().Before(end); {
		runtime.Gosched()
	}
	others := make([]*turn, (uploadRoom-x.held())/(512))
	for n := range others { // many light ones
		others[n] = &turn{network: strconv.Itoa(n), one: strconv.Itoa(n), cut: func() { t.Error("a light one is cut") }}
		if !x.room.enter(others[n]) || !x.room.grow(others[n], 512-uploadFirst) {
			t.Fatal("there is room")
		}
	}
	x.room.grow(others[0], uploadRoom-x.held()) // to the last KiB
	victim := x.filed()
	victim.from("198.51.100.7")
	victim.upload(views.StatusPath(victim.number, "berkas"), ktp, photo()).mustSay(t, http.StatusSeeOther, "")
	select {
	case answer := <-begun:
		if answer != http.StatusServiceUnavailable {
			t.Errorf("the heavy one: %d", answer)
		}
	case <-time.After(10 * time.Second):
		t.Error("the heavy one goes on")
	}
}

// Two receipts behind an office's address close nobody's way, in bytes or in
// quota: the slow ones of a network do not count against their neighbours.
func TestTwoReceiptsCloseNoOffice_impostor12(t *testing.T) {
	x := newTest(t)
	for n := range 2 {
		slow := x.filed()
		at := views.StatusPath(slow.number, "berkas")
		for k := range uploadsOfOne {
			slow.trickle(at, n*uploadsOfOne+k+1)
		}
	}
	spender := x.filed()
	spent := func(key string) error {
		return x.pay(context.Background(), 16<<10, &turn{one: key, network: "127.0.0.1/32"})
	}
	for range 3 {
		if err := spent(spender.number); err != nil {
			t.Fatal(err)
		}
	}
	used := must(x.Limits.Used(context.Background(), LimitUpload, "127.0.0.1/32"))(t)
	var many *TooMany
	if err := spent(spender.number); !errors.As(err, &many) || many.Wait < time.Hour {
		t.Errorf("a receipt sends 64 MiB: %v", err)
	}
	if after := must(x.Limits.Used(context.Background(), LimitUpload, "127.0.0.1/32"))(t); after > used {
		t.Errorf("what was refused cost the office %f", after-used)
	}
	f := x.filed()
	f.upload(views.StatusPath(f.number, "berkas"), ktp, photo()).mustSay(t, http.StatusSeeOther, "")
}

// A body that outgrows its share ends as busy, and costs what it brought.
func TestAnUploadWithoutRoomEndsAsBusy(t *testing.T) {
	x := newTest(t)
	f := x.filed()
	for n := range uploadRoom/uploadFirst - 1 { // a line of each, and one's more
		x.room.enter(&turn{network: strconv.Itoa(n), one: strconv.Itoa(n), cut: func() {}})
	}
	kind, body := multipartOf(ktp, file{"a.jpg", "image/jpeg", make([]byte, 200<<10)})
	f.lawRaw(views.StatusPath(f.number, "berkas"), kind, body, false).mustSay(t, http.StatusServiceUnavailable, "Layanan sedang sibuk.")
	if used := must(x.Limits.Used(context.Background(), LimitUploadOne, f.number))(t) * float64(LimitUploadOne.Burst); used < 60 || used > 140 {
		t.Errorf("it costs %.0f KiB", used)
	}
}

// One receipt has room for a double click, not for more.
func TestOneReceiptSendsTwoAtOnce_impostor12(t *testing.T) {
	x := newTest(t)
	f := x.filed()
	at := views.StatusPath(f.number, "berkas")
	first, second := f.trickle(at, 1), f.trickle(at, 2)
	if p := f.upload(at, ktp, photo()); p.status != http.StatusTooManyRequests {
		t.Errorf("a third: %d", p.status)
	}
	first()
	second()
}

// An upload pays before it is read, and gets back what never came.
func TestAnUploadPaysBeforeItIsRead_UP05(t *testing.T) {
	x := newTest(t)
	f := x.filed()
	used := func() float64 {
		return must(x.Limits.Used(context.Background(), LimitUpload, "127.0.0.1/32"))(t) * float64(LimitUpload.Burst)
	}
	within := func(least, most float64) float64 { // as soon as the server has counted
		end := time.Now().Add(10 * time.Second)
		for kib := used(); ; kib = used() {
			if kib >= least && kib <= most || time.Now().After(end) {
				return kib
			}
		}
	}
	at := views.StatusPath(f.number, "berkas")
	cut := f.trickle(at, 1)
	if kib := within(1024, 1026); kib < 1024 {
		t.Errorf("while it is read: %.0f KiB", kib)
	}
	cut()
	if kib := within(.5, 100); kib < .5 || kib > 100 {
		t.Errorf("after it broke: %.0f KiB", kib)
	}
	kind, body := multipartOf(ktp, file{"a.jpg", "image/jpeg", make([]byte, 1<<20)})
	for range 3 { // what is no form in the end is not free
		f.lawRaw(at, kind, body[:len(body)-20], false)
	}
	if kib := used(); kib < 3<<10 {
		t.Errorf("three of a MiB that are no form: %.0f KiB", kib)
	}
}

// What the quota forgave while a slow line was open is not given back once
// more: it would pay for what others send.
func TestNoMoreIsGivenBackThanIsOwed_UP05(t *testing.T) {
	x := newTest(t)
	ctx, u := context.Background(), &turn{one: "one", network: "net"}
	used := func() float64 {
		return must(x.Limits.Used(ctx, LimitUpload, "net"))(t) * float64(LimitUpload.Burst)
	}
	begun := x.DB.Now()
	if err := x.pay(ctx, 1000, u); err != nil {
		t.Fatal(err)
	}
	x.clock.Advance(1000 * LimitUpload.Every) // all is forgiven
	if err := x.pay(ctx, 5000, &turn{one: "other", network: "net"}); err != nil {
		t.Fatal(err)
	}
	if err := x.payBack(ctx, 900, begun, u); err != nil {
		t.Fatal(err)
	}
	if kib := used(); kib < 4999 {
		t.Errorf("another's 5,000 KiB cost %.0f", kib)
	}
}

// A fault of the database is none of the person's doing.
func TestAFaultIsNoLimit_RL08(t *testing.T) {
	x := newTest(t)
	ctx, stop := context.WithCancel(context.Background())
	stop()
	var many *TooMany
	if err := x.pay(ctx, 1, &turn{one: "one", network: "net"}); err == nil || errors.As(err, &many) {
		t.Errorf("got %v", err)
	}
}

func TestALeastSpeedMindsA2GLine(t *testing.T) {
	for _, v := range []struct {
		after time.Duration
		n     int64
		want  bool
	}{
		{20 * time.Second, 0, false}, // a line that only begins
		{40 * time.Second, 100, true},
		{time.Minute, 30, true}, // a byte in two seconds
		{time.Minute, 4_000 * 60, false},
		{22 * time.Minute, 5 << 20, false}, // 5 MiB at 4 KB a second
		{43 * time.Minute, 5 << 20, false}, // at half of it
		{46 * time.Minute, 16 << 20, true},
	} {
		if got := tooSlow(v.after, v.n); got != v.want {
			t.Errorf("%d bytes after %s: %v", v.n, v.after, got)
		}
	}
}
