package faults

import (
	"bufio"
	"context"
	"net/http"
	"sync/atomic"
	"testing"

	"pulih/cmd/rig"
	"pulih/db"
	"pulih/secret"
)

// A thousand pages of staff that hear of changes: all of them do, others are
// served meanwhile, and the memory comes back when they are closed.
func TestAThousandStreams(t *testing.T) {
	s := newSite(t, "")
	s.serve()
	many := 1_000
	tokens := s.sessions(many / 4)
	quiet := s.process.Memory("VmRSS")
	streams := s.listen(tokens, many)
	eventually(t, "all streams stood", func() bool { return streams.stood.Load() == int64(many) || t.Failed() })
	others := s.visit()
	_, err := rig.NewVisitor(s.process.URL).File(rig.Unknown(int(serial.Load())), words("HP saya jatuh di"))
	s.must(err)
	eventually(t, "each heard of a new request", func() bool { return streams.heard.Load() >= int64(many) })
	eventually(t, "others were served", func() bool { return s.visits.Load() >= 100 })
	took := others()
	most := s.process.Memory("VmRSS")
	if most > 256 {
		t.Errorf("they take %.0f MiB", most)
	}
	streams.stop()
	after := s.settled(quiet + spare)
	saw(t, "streams of live rows", "each hears of a new request; others are served meanwhile; the memory comes back",
		"%d at once, of %d sessions; %d others served, p99 %s; memory %.0f MiB before, %.0f with them, %.0f after",
		many, len(tokens), len(took), took.percent(99), quiet, most, after)
}

// sessions are those of agents at as many browsers.
func (s *site) sessions(n int) (tokens []secret.Token) {
	s.write(func(tx *db.Tx) error {
		tokens = nil
		for range n {
			token := secret.NewToken()
			if err := signIn(s.Context(), tx, agents[0].id, token); err != nil {
				return err
			}
			tokens = append(tokens, token)
		}
		return nil
	})
	return tokens
}

// streams are pages that listen.
type streams struct {
	stood, heard atomic.Int64
	stop         context.CancelFunc
}

func (s *site) listen(tokens []secret.Token, many int) *streams {
	ctx, stop := context.WithCancel(s.Context())
	all := &streams{stop: stop}
	for n := range many {
		v := rig.NewVisitor(s.process.URL)
		v.Cookies["__Host-petugas"] = string(tokens[n%len(tokens)])
		go all.follow(ctx, s, v)
	}
	return all
}

// follow opens a stream and notes its first word, and the first change.
func (all *streams) follow(ctx context.Context, s *site, v *rig.Visitor) {
	r, err := v.Request(http.MethodGet, "/petugas/acara?tampilan=belum-terbukti&sejak=-", nil)
	if err != nil {
		s.Error(err)
		return
	}
	answer, err := rig.Client.Do(r.WithContext(ctx))
	if err != nil || answer.StatusCode != http.StatusOK {
		s.Errorf("a stream was refused: %v, %v", answer, err)
		return
	}
	defer answer.Body.Close() //nolint:errcheck // only read
	changes := 0
	for lines := bufio.NewScanner(answer.Body); lines.Scan(); {
		if lines.Text() != "event: berubah" {
			continue
		}
		if changes++; changes == 1 { // what it shows is no list
			all.stood.Add(1)
		} else if changes == 2 {
			all.heard.Add(1)
		}
	}
	if ctx.Err() == nil {
		s.Error("a stream was ended")
	}
}
