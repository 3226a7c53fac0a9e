package app

import (
	"context"
	"io"
	"net/http"
	"runtime"
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
	pipe, line := io.Pipe()
	ctx, stop := context.WithCancel(context.Background())
	r := must(http.NewRequestWithContext(ctx, http.MethodPost, b.x.url+path, pipe))(b.x.t)
	r.Header.Set("Content-Type", kind)
	r.ContentLength = 1 << 20
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		if answer, err := b.client.Do(r); err == nil {
			_ = answer.Body.Close()
		}
	}()
	_, _ = line.Write(body[:len(body)/2])
	for end := time.Now().Add(10 * time.Second); b.x.uploading() < open; runtime.Gosched() {
		if time.Now().After(end) {
			b.x.t.Fatal("the upload is not read")
		}
	}
	cut = func() { stop(); _ = line.Close(); <-gone }
	b.x.t.Cleanup(cut)
	return cut
}

// uploading counts what is under way.
func (x *test) uploading() (n int) {
	x.uploads.mu.Lock()
	defer x.uploads.mu.Unlock()
	return x.uploads.open["room"] / 1025
}

// Slow connections of one network close the way for that network alone.
func TestSlowUploadsOfOneNetworkCloseNobodyElses_impostor12(t *testing.T) {
	x := newTest(t)
	x.echo.IPExtractor = clientAddress(lawPrefixes("127.0.0.0/8"))
	victim := x.filed()
	victim.from("198.51.100.7")
	at := views.StatusPath(victim.number, "berkas")
	var cuts []func()
	for len(cuts) < uploadsOfNetwork {
		slow := x.filed()
		slow.from("203.0.113.9")
		for range uploadsOfOne {
			cuts = append(cuts, slow.trickle(views.StatusPath(slow.number, "berkas"), len(cuts)+1))
		}
	}
	more := x.filed()
	more.from("203.0.113.9")
	if p := more.upload(views.StatusPath(more.number, "berkas"), ktp, photo()); p.status != http.StatusTooManyRequests || p.header.Get("Retry-After") == "" {
		t.Errorf("one more of the network: %d", p.status)
	}
	victim.upload(at, ktp, photo()).mustSay(t, http.StatusSeeOther, "")
	for _, cut := range cuts {
		cut()
	}
	for end := time.Now().Add(10 * time.Second); x.uploading() > 0 && time.Now().Before(end); {
		runtime.Gosched()
	}
	more.upload(views.StatusPath(more.number, "berkas"), ktp, photo()).mustSay(t, http.StatusSeeOther, "")
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
