package main

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"strings"
	"time"

	"pulih/cmd/rig"
)

// startPulih imports the crowd into a fresh SQLite file and starts production
// on it; it tells how long that took from exec to the first answer.
func startPulih(ctx context.Context, at rig.Place) (*rig.Process, time.Duration, error) {
	if err := at.Import(ctx); err != nil {
		return nil, 0, err
	}
	begun := time.Now()
	p, err := at.Serve(ctx)
	return p, time.Since(begun), err
}

// startFloor starts this program again as the bare handler.
func startFloor(ctx context.Context) (*rig.Process, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	c := exec.CommandContext(ctx, self, "floor", "127.0.0.1:0")
	out, err := c.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := c.Start(); err != nil {
		return nil, err
	}
	url, err := bufio.NewReader(out).ReadString('\n')
	return &rig.Process{Cmd: c, URL: strings.TrimSpace(url)}, err
}
