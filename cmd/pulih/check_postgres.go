package main

import (
	"context"
	"fmt"
	"strings"

	"pulih/db"
)

// perProcess is how many connections a process of ours may hold: its pool, and
// the one that listens.
const perProcess = 17

// postgresServer is what a server says of itself.
type postgresServer struct {
	version, connections, reserved int
	standbys, commit, checksums    string
	replicas                       int
}

// postgres looks at what keeps an answered request safe when the server dies.
func (d doctor) postgres(ctx context.Context) finding {
	var s postgresServer
	err := d.db.Read(ctx, func(tx *db.Tx) error {
		return tx.Row(ctx, selectServerPostgres).Scan(&s.version, &s.connections, &s.reserved, &s.standbys, &s.commit, &s.checksums, &s.replicas)
	})
	if err != nil {
		return failed("postgresql", err, "")
	}
	return s.judge()
}

func (s postgresServer) judge() finding {
	const part = "postgresql"
	var wants []string
	want := func(bad bool, text string) {
		if bad {
			wants = append(wants, text)
		}
	}
	want(s.version < 15_00_00, "15 or newer is what Pulih is tried with")
	want(s.commit == "off" || s.commit == "local" && s.standbys != "", "synchronous_commit is "+s.commit+": a power cut loses what people were told is done")
	want(s.standbys == "", "no synchronous standby: when this server dies, so does what it alone had")
	want(s.standbys != "" && s.replicas == 0, "no standby is connected: every change waits for one")
	want(s.checksums != "on", "data_checksums are off: a damaged page is read as it is")
	want(s.connections-s.reserved < 2*perProcess, "max_connections has no room for two processes")
	text := fmt.Sprintf("%d.%d, %d connections (%d processes of %d), %d replicas", s.version/10000, s.version%10000, s.connections, (s.connections-s.reserved)/perProcess, perProcess, s.replicas)
	if len(wants) > 0 {
		return doubt(part, "docs/scale.md", "%s; %s", text, strings.Join(wants, "; "))
	}
	return fine(part, "%s", text)
}
