package faults

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"pulih/cmd/rig"
)

// Slow clients hold connections, and no more: others are served, the slow ones
// are ended by the server, and what is kept of them stays within spare.
func TestSlowClients(t *testing.T) {
	s := newSite(t, "")
	s.serve()
	wanted := often(1_000, 10_000)
	many := min(wanted, spareFiles(t, wanted))
	quiet := s.process.Memory("VmRSS")
	others := s.visit()
	slow := s.hold(many)
	eventually(t, "all of them hung on", func() bool { return slow.begun.Load() == int64(many) })
	most := s.process.Memory("VmRSS")
	slow.clients.Wait() // the server has ended each of them
	took := others()
	after := s.settled(quiet + spare)
	if slow.answered.Load() > 0 {
		t.Errorf("%d half requests were answered as if they were whole", slow.answered.Load())
	}
	saw(t, "slow clients: half a header, half a body, by turns", fmt.Sprintf("each is ended by the server, others are served meanwhile, and at most %d MiB more are kept than before", spare),
		"%d at once; %d others served, p99 %s, slowest %s; the last slow one ended after %s; memory %.0f MiB before, %.0f with them, %.0f after",
		many, len(took), took.percent(99), took.percent(100), time.Duration(slow.longest.Load()).Round(time.Second), quiet, most, after)
}

// spare is how much more memory, in MiB, a process may keep than it had when
// it was quiet.
const spare = 96

// spareFiles is how many connections this program may have open: of each, the
// server has the other end.
func spareFiles(t *testing.T, wanted int) int {
	t.Helper()
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		t.Fatal(err)
	}
	limit.Cur = min(limit.Max, uint64(wanted)+1_000) //nolint:gosec // a small number
	if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		t.Log("the limit of open files stays:", err)
	}
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		t.Fatal(err)
	}
	return int(limit.Cur) - 500 //nolint:gosec // a small number
}

// held are connections that send a part and then nothing.
type held struct {
	clients         sync.WaitGroup
	begun, answered atomic.Int64
	longest         atomic.Int64
}

var halves = []string{
	"POST /tiket/baru HTTP/1.1\r\nHost: %s\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nsebab=",
	"GET / HTTP/1.1\r\nHost: %s\r\nX-Half: ",
}

// hold opens them from a few goroutines, so that the machine's queue of new
// connections does not overflow, and waits for the end of each in one of its
// own.
func (s *site) hold(many int) *held {
	h, numbers := &held{}, make(chan int)
	for range 16 {
		h.clients.Go(func() {
			for n := range numbers {
				h.open(s, n)
			}
		})
	}
	h.clients.Go(func() {
		defer close(numbers)
		for n := range many {
			numbers <- n
		}
	})
	return h
}

func (h *held) open(s *site, n int) {
	host := strings.TrimPrefix(s.process.URL, "http://")
	conn, err := net.Dial("tcp", host)
	if err == nil {
		_, err = fmt.Fprintf(conn, halves[n%len(halves)], host)
	}
	if err != nil {
		s.Error(err)
		return
	}
	h.begun.Add(1)
	h.clients.Go(func() { h.wait(s, conn) })
}

// wait is over when the server hangs up.
func (h *held) wait(s *site, conn net.Conn) {
	defer conn.Close() //nolint:errcheck // it is over
	began := time.Now()
	_ = conn.SetDeadline(began.Add(3 * time.Minute))
	answer, err := io.ReadAll(conn)
	if failed, timeout := err.(net.Error); timeout && failed.Timeout() {
		s.Error("a slow client was never ended")
	}
	if strings.HasPrefix(string(answer), "HTTP/1.1 2") || strings.HasPrefix(string(answer), "HTTP/1.1 3") {
		h.answered.Add(1)
	}
	took := int64(time.Since(began))
	for last := h.longest.Load(); took > last && !h.longest.CompareAndSwap(last, took); {
		last = h.longest.Load()
	}
}

// settled waits until the connections are gone and the memory is down again.
// It asks for pages meanwhile: a program that does nothing collects nothing.
func (s *site) settled(mib float64) (now float64) {
	s.Helper()
	v := rig.NewVisitor(s.process.URL)
	eventually(s.T, fmt.Sprintf("the memory came down to %.0f MiB", mib), func() bool {
		for range 100 {
			_, err := v.Get("/")
			s.must(err)
		}
		now = s.process.Memory("VmRSS")
		return s.files() < 100 && now <= mib
	})
	return now
}

// files is how many the process has open.
func (s *site) files() int {
	all, _ := os.ReadDir(fmt.Sprintf("/proc/%d/fd", s.process.Process.Pid))
	return len(all)
}

// times are how long others waited.
type times []time.Duration

func (t times) percent(n int) time.Duration {
	slices.Sort(t)
	return t[min(len(t)-1, len(t)*n/100)].Round(100 * time.Microsecond)
}

// visit asks for pages all the while, and files requests between them; each
// must be answered. What it returns ends that, and tells how long each took.
func (s *site) visit() func() times {
	var took times
	stop, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for n := 0; ; n++ {
			select {
			case <-stop:
				return
			case <-time.After(50 * time.Millisecond):
			}
			v := rig.NewVisitor(s.process.URL)
			a, err := v.Get("/")
			if err := a.Must(http.StatusOK, err); err != nil {
				s.Error(err)
			}
			took = append(took, a.Took)
			s.visits.Add(1)
			if n%20 == 0 {
				if _, err := v.File(rig.Unknown(int(serial.Load())), words("HP saya jatuh di")); err != nil {
					s.Error(err)
				}
			}
		}
	}()
	return func() times { close(stop); <-ended; return took }
}

// A client that sends one byte a second is ended as well: in the header after
// seconds, in the body after half a minute.
func TestAByteASecond(t *testing.T) {
	t.Parallel()
	s := newSite(t, "")
	s.serve()
	others := s.visit()
	var trickles sync.WaitGroup
	var lasted [2]time.Duration
	host := strings.TrimPrefix(s.process.URL, "http://")
	header := fmt.Sprintf("POST /tiket/baru HTTP/1.1\r\nHost: %s\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 4000\r\n\r\n", host)
	for i, at := range []int{10, len(header)} { // how much of it comes at once
		trickles.Go(func() { lasted[i] = s.trickle(header+strings.Repeat("x", 4000), at) })
	}
	trickles.Wait()
	took := others()
	saw(t, "a client that sends one byte a second", "the server ends it; others are served meanwhile",
		"in the header it was ended after %s, in the body after %s; %d others served, p99 %s",
		lasted[0].Round(time.Second), lasted[1].Round(time.Second), len(took), took.percent(99))
}

// trickle sends the beginning at once and the rest byte by byte, until the
// server has had enough.
func (s *site) trickle(text string, at int) time.Duration {
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.process.URL, "http://"))
	if err != nil {
		s.Error(err)
		return 0
	}
	defer conn.Close() //nolint:errcheck // it is over
	began, gone := time.Now(), make(chan struct{})
	go func() { _, _ = io.Copy(io.Discard, bufio.NewReader(conn)); close(gone) }()
	_, _ = io.WriteString(conn, text[:at])
	for _, b := range []byte(text[at:]) {
		select {
		case <-gone:
			return time.Since(began)
		case <-time.After(time.Second):
		}
		if _, err := conn.Write([]byte{b}); err != nil {
			return time.Since(began)
		}
		if time.Since(began) > 3*time.Minute {
			s.Error("it was never ended")
			break
		}
	}
	return time.Since(began)
}
