package app

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"pulih/accounts"
	"pulih/tickets"
)

// listen opens the stream of a view as a queue page does.
func (g *clerk) listen(view tickets.View, since string) (*http.Response, <-chan string) {
	g.x.t.Helper()
	return g.read(streamPath + "?" + url.Values{"tampilan": {string(view)}, "sejak": {since}}.Encode())
}

// read opens a stream and gives the lines that come until it ends.
func (g *clerk) read(address string) (*http.Response, <-chan string) {
	g.x.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	g.x.t.Cleanup(cancel)
	r := must(http.NewRequestWithContext(ctx, http.MethodGet, g.x.url+address, nil))(g.x.t)
	answer := must(g.client.Do(r))(g.x.t)
	g.x.t.Cleanup(func() { _ = answer.Body.Close() })
	lines := make(chan string, 16)
	go scan(answer.Body, lines)
	return answer, lines
}

func scan(body io.Reader, lines chan<- string) {
	defer close(lines)
	for scanner := bufio.NewScanner(body); scanner.Scan(); {
		lines <- scanner.Text()
	}
}

// shown is the mark of the list that the page shows.
func (g *clerk) shown(view tickets.View) string {
	g.x.t.Helper()
	stream := must(url.Parse(g.get(queueAddress(tickets.List{View: view})).Find("[data-live]").AttrOr("data-live", "")))(g.x.t)
	return stream.Query().Get("sejak")
}

// next is the next line that says something, "" at the end.
func next(lines <-chan string) string {
	for line := range lines {
		if line != "" && !strings.HasPrefix(line, ":") {
			return line
		}
	}
	return ""
}

func TestStreamTellsOfAChangedListOnly(t *testing.T) {
	x := newStaffed(t)
	number := x.remote(tickets.Other).Number
	answer, lines := x.rina.listen(tickets.Unproven, x.rina.shown(tickets.Unproven))
	if answer.Header.Get("Content-Type") != "text/event-stream" || answer.Header.Get("X-Accel-Buffering") != "no" ||
		answer.Header.Get("Cache-Control") != "no-store" {
		t.Fatalf("headers %v", answer.Header)
	}
	if first := next(lines); first != "retry: 5000" {
		t.Fatalf("the stream begins with %q", first)
	}
	x.rina.mustGo(number, "pengambilan")
	if line := next(lines); line != "event: berubah" {
		t.Fatalf("after a change: %q", line)
	}
	if line := next(lines); line != "data: 0" { // no new row: the one that is there was taken
		t.Errorf("the event carries %q", line)
	}
}

func TestStreamTellsAtOnceWhatChangedWhileTheTabWasHidden(t *testing.T) {
	x := newStaffed(t)
	before := x.rina.shown(tickets.Unproven)
	x.remote(tickets.Other)
	_, lines := x.rina.listen(tickets.Unproven, before)
	next(lines)
	if line := next(lines); line != "event: berubah" {
		t.Errorf("got %q", line)
	}
}

func TestStreamOfATicketTellsThatAColleagueActed(t *testing.T) {
	x := newStaffed(t)
	number := x.remote(tickets.Other).Number
	x.rina.mustGo(number, "pengambilan")
	_, lines := x.rina.read(x.rina.open(number).Find("[data-live]").AttrOr("data-live", ""))
	next(lines)
	x.sari.mustGo(number, "pengambilalihan")
	heard := map[string]bool{}
	for !heard["event: berubah"] {
		line := next(lines)
		if heard[line] = true; line == "" {
			t.Fatalf("heard only %v", heard)
		}
	}
}

// Who has the same ticket open is told at once, and again when he has gone.
func TestStreamTellsWhoHasTheTicketOpen(t *testing.T) {
	x := newStaffed(t)
	number := x.remote(tickets.Other).Number
	_, lines := x.rina.read(x.rina.open(number).Find("[data-live]").AttrOr("data-live", ""))
	next(lines)
	page := x.sari.open(number)
	if got := page.Find("[data-here]").Text(); !strings.Contains(got, "Sedang dibuka Rina Petugas") {
		t.Errorf("she opens it and reads %q", got)
	}
	other, theirs := x.sari.read(page.Find("[data-live]").AttrOr("data-live", ""))
	next(theirs)
	if event, who := next(lines), next(lines); event != "event: hadir" || who != "data: Sedang dibuka Sari Penyelia" {
		t.Errorf("%q %q", event, who)
	}
	_ = other.Body.Close()
	if event, who := next(lines), next(lines); event != "event: hadir" || who != "data: " {
		t.Errorf("she left: %q %q", event, who)
	}
}

func TestStreamOfAnotherAgencysTicketSaysNothing_ST04(t *testing.T) {
	x := newStaffed(t)
	number := x.remote(tickets.Other).Number
	other := x.clerkOf("BKPSDM Kota Lain", "197001092000011009", "Lina Lain", accounts.Agent)
	_, lines := other.read(streamPath + "?tiket=" + number + "&sejak=0")
	next(lines)
	if line := next(lines); line != "" {
		t.Errorf("got %q", line)
	}
}

func TestStreamEndsWithTheApp(t *testing.T) {
	x := newStaffed(t)
	stop, cancel := context.WithCancel(context.Background())
	x.App.stop = stop
	_, lines := x.rina.listen(tickets.Unproven, x.rina.shown(tickets.Unproven))
	next(lines)
	begun := time.Now()
	cancel()
	if line := next(lines); line != "" || time.Since(begun) > time.Second {
		t.Errorf("got %q after %s", line, time.Since(begun))
	}
}

func TestStreamIsGuardedAndCounted(t *testing.T) {
	x := newStaffed(t)
	if p := x.browser().get(streamPath); p.status != http.StatusSeeOther {
		t.Errorf("nobody: %d", p.status)
	}
	if p := x.adi.get(streamPath); p.status != http.StatusForbidden {
		t.Errorf("admin: %d", p.status)
	}
	shown := x.rina.shown(tickets.Unproven)
	for range streamsAtOnce {
		answer, lines := x.rina.listen(tickets.Unproven, shown)
		if next(lines); answer.StatusCode != http.StatusOK {
			t.Fatalf("a stream within the limit: %d", answer.StatusCode)
		}
	}
	if answer, _ := x.rina.listen(tickets.Unproven, shown); answer.StatusCode != http.StatusTooManyRequests {
		t.Errorf("one too many: %d", answer.StatusCode)
	}
	if answer, _ := x.budi.listen(tickets.Unproven, shown); answer.StatusCode != http.StatusOK {
		t.Errorf("another's: %d", answer.StatusCode)
	}
}

func TestStreamOutlivesTheWriteDeadline(t *testing.T) {
	x := newStaffed(t)
	short := httptest.NewUnstartedServer(x.App)
	short.Config.WriteTimeout = calm / 2
	short.Start()
	t.Cleanup(short.Close)
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	t.Cleanup(cancel)
	address := short.URL + streamPath + "?" + url.Values{"tampilan": {string(tickets.Unproven)}, "sejak": {x.rina.shown(tickets.Unproven)}}.Encode()
	r := must(http.NewRequestWithContext(ctx, http.MethodGet, address, nil))(t)
	r.Host = must(url.Parse(x.url))(t).Host
	for _, c := range x.rina.client.Jar.Cookies(must(url.Parse(x.url))(t)) {
		r.AddCookie(c)
	}
	answer := must(http.DefaultClient.Do(r))(t)
	t.Cleanup(func() { _ = answer.Body.Close() })
	lines := make(chan string, 16)
	go scan(answer.Body, lines)
	next(lines)
	x.remote(tickets.Other) // is told of when calm is over, which is after the deadline
	if line := next(lines); line != "event: berubah" {
		t.Errorf("got %q", line)
	}
}
