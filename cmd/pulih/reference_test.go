package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// timeServer answers NTP (RFC 5905 §7.3) as if it were so much later than on
// this machine; it is silent when told so.
type timeServer struct {
	net.PacketConn
	later  atomic.Int64
	silent atomic.Bool
}

func newTimeServer(t *testing.T, later time.Duration) *timeServer {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &timeServer{PacketConn: conn}
	s.later.Store(int64(later))
	t.Cleanup(func() { _ = conn.Close() })
	go s.serve()
	return s
}

func (s *timeServer) serve() {
	asked := make([]byte, 512)
	for {
		n, who, err := s.ReadFrom(asked)
		if err != nil {
			return
		}
		if n < 48 || s.silent.Load() {
			continue
		}
		now := time.Now().Add(time.Duration(s.later.Load()))
		answer := make([]byte, 48)
		answer[0], answer[1] = 4<<3|4, 1 // version 4, server; stratum 1
		stamp(answer[16:], now.Add(-time.Minute))
		copy(answer[24:32], asked[40:48])
		stamp(answer[32:], now)
		stamp(answer[40:], now)
		_, _ = s.WriteTo(answer, who)
	}
}

func stamp(to []byte, at time.Time) {
	const from1900 = 2208988800
	binary.BigEndian.PutUint32(to, uint32(at.Unix()+from1900))
	binary.BigEndian.PutUint32(to[4:], uint32(uint64(at.Nanosecond())<<32/1e9))
}

func (s *timeServer) reference(log io.Writer) reference {
	return reference{s.LocalAddr().String(), slog.New(slog.NewTextHandler(log, nil))}
}

func TestAWrongClockDoesNotStart_TV09(t *testing.T) {
	for later, want := range map[time.Duration]string{
		0: "", 500 * time.Millisecond: "", -900 * time.Millisecond: "",
		1500 * time.Millisecond: "behind", 40 * time.Second: "40s behind", -26 * time.Hour: "26h0m0s ahead",
	} {
		server := newTimeServer(t, later)
		off, err := server.reference(io.Discard).atStart()
		if want == "" && (err != nil || off.Abs() > time.Second) {
			t.Errorf("%s: %v, %s", later, err, off)
		}
		if want != "" && (!errors.Is(err, errSetting) || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: %v, want %q", later, err, want)
		}
	}
	late := newTimeServer(t, time.Minute)
	lawRefused(t, "a clock a minute behind", "time-reference", func(s map[string]string) { s["time-reference"] = late.LocalAddr().String() })
}

// Nobody is kept out because a time server is down, or because none is set;
// the log says both.
func TestWithoutAReferenceItStartsAndSaysSo_TV09(t *testing.T) {
	var log bytes.Buffer
	if _, err := (reference{log: slog.New(slog.NewTextHandler(&log, nil))}).atStart(); err != nil || !strings.Contains(log.String(), "no --time-reference") {
		t.Errorf("%v, %s", err, &log)
	}
	gone := newTimeServer(t, time.Hour)
	_ = gone.Close()
	log.Reset()
	if _, err := gone.reference(&log).atStart(); err != nil || !strings.Contains(log.String(), "does not answer") {
		t.Errorf("%v, %s", err, &log)
	}
}

// A clock that goes wrong later turns /siap red, until it is right again; a
// reference that falls silent changes nothing.
func TestAClockThatGoesWrongTurnsReadyRed_TV09(t *testing.T) {
	l := newLawServer(t)
	server := newTimeServer(t, 0)
	var log bytes.Buffer
	r := server.reference(&log)
	for _, step := range []struct {
		later  time.Duration
		silent bool
		want   int
	}{
		{0, false, 200}, {3 * time.Second, false, 503}, {0, true, 503}, {0, false, 200},
		{-3 * time.Second, false, 503}, {-800 * time.Millisecond, false, 200}, {time.Hour, true, 200},
	} {
		server.later.Store(int64(step.later))
		server.silent.Store(step.silent)
		r.look(l.app.TellClockOff)
		if got := l.siap(); got != step.want {
			t.Errorf("%+v: /siap says %d", step, got)
		}
	}
	if n := strings.Count(log.String(), "clock is wrong"); n != 2 {
		t.Errorf("%d lines about a wrong clock\n%s", n, &log)
	}
	l.app.TellClockOff(-2500 * time.Millisecond)
	w := httptest.NewRecorder()
	l.app.Metrics.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	if !strings.Contains(w.Body.String(), "pulih_clock_off_seconds -2.5") {
		t.Error("the metric does not say so")
	}
}

// The comparison ends with the program.
func TestTheComparisonEnds_TV09(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	newTimeServer(t, 0).reference(io.Discard).watch(ctx, func(time.Duration) { t.Error("told after the end") })
}
