package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// ticks of /proc a second (USER_HZ, 100 on every Linux that Go runs on).
const ticks = 100

// usage is CPU time in seconds since the machine and its processes began.
type usage struct {
	machine float64 // busy, of all cores
	ours    float64 // this process, what it started, and PostgreSQL for it
	server  float64 // of that the one that is measured, and PostgreSQL for it
}

func (u usage) since(before usage) usage {
	return usage{u.machine - before.machine, u.ours - before.ours, u.server - before.server}
}

// used reads it. The server and the other side are processes by their ids;
// database is the one in PostgreSQL whose sessions work for them, "" for none.
func (s sessions) used(server, other int, database string) (u usage) {
	u.machine, u.server = busy(), ofProcess(server)
	u.ours = u.server + ofProcess(other) + ofProcess(os.Getpid())
	if database != "" {
		ours, others := s.ofPostgres(database)
		u.server, u.ours = u.server+ours, u.ours+ours+others
	}
	return u
}

// busy is what no core idled or waited for a disk. What another guest of the
// same machine took (steal) is busy.
func busy() float64 {
	text, err := os.ReadFile("/proc/stat")
	if err != nil {
		return 0
	}
	line, _, _ := strings.Cut(string(text), "\n")
	sum := 0.0
	for i, field := range strings.Fields(line) {
		n, _ := strconv.ParseFloat(field, 64)
		if i >= 1 && i <= 8 && i != 4 && i != 5 { // user nice system idle iowait irq softirq steal
			sum += n
		}
	}
	return sum / ticks
}

func ofProcess(id int) float64 {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", id))
	if err != nil {
		return 0
	}
	fields := bytes.Fields(text[bytes.LastIndexByte(text, ')')+1:])
	if len(fields) < 13 {
		return 0
	}
	user, _ := strconv.ParseFloat(string(fields[11]), 64)
	system, _ := strconv.ParseFloat(string(fields[12]), 64)
	return (user + system) / ticks
}

// around a PostgreSQL server's sessions are the processes that write and tidy
// for all of them.
var around = []string{"checkpointer", "walwriter", "background writer", "autovacuum", "logger"}

// sessions is what each session of PostgreSQL had used when it was last seen,
// by its process: one that ended takes nothing back.
type sessions map[int]float64

// ofPostgres finds the processes by the titles that they give themselves.
func (s sessions) ofPostgres(database string) (ours, others float64) {
	all, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	for _, path := range all {
		title, err := os.ReadFile(path)
		if err != nil || !bytes.HasPrefix(title, []byte("postgres: ")) {
			continue
		}
		id, _ := strconv.Atoi(strings.Split(path, "/")[2])
		switch {
		case strings.Contains(string(title), " "+database+" "):
			s[id] = ofProcess(id)
		case slices.ContainsFunc(around, func(name string) bool { return strings.Contains(string(title), name) }):
			others += ofProcess(id)
		}
	}
	for _, spent := range s {
		ours += spent
	}
	return ours, others
}
