package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"time"
)

// report is all that a run found, as it is written to JSON.
type report struct {
	Begun    time.Time  `json:"begun"`
	Took     string     `json:"took"`
	Machine  string     `json:"machine"`
	Commit   string     `json:"commit"`
	Slice    string     `json:"slice"`
	Rounds   int        `json:"rounds"`
	Cells    []cell     `json:"rows"`
	Goals    []goal     `json:"goals"`
	Peers    []peerCell `json:"peers"`
	Sections []*section `json:"sections"`
	Notes    []string   `json:"notes"`
	Failed   string     `json:"failed,omitempty"`
}

// section is what a part printed.
type section struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// Write shows it on the screen too.
func (s *section) Write(p []byte) (int, error) {
	s.Text += string(p)
	return os.Stdout.Write(p)
}

// peerCell is another program beside Pulih's start page.
type peerCell struct {
	Name    string  `json:"name"`
	Clients int     `json:"clients"`
	Rate    float64 `json:"requests_per_second"`
	Pulih   float64 `json:"pulih"`
	Noisy   int     `json:"noisy_slices"`
}

func begunReport(o options) *report {
	r := &report{Begun: time.Now().UTC(), Slice: o.Slice.String(), Rounds: o.Rounds,
		Machine: fmt.Sprintf("%s/%s, %d cores, %s", runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version())}
	if info, ok := debug.ReadBuildInfo(); ok {
		r.Commit = commitOf(info.Settings)
	}
	return r
}

// commitOf is what the bench was built from: go run stamps it with
// -buildvcs=true only, as make bench does.
func commitOf(settings []debug.BuildSetting) (commit string) {
	changed := ""
	for _, s := range settings {
		switch {
		case s.Key == "vcs.revision":
			commit = s.Value
		case s.Key == "vcs.modified" && s.Value == "true":
			changed = ", and changes"
		}
	}
	return commit + changed
}

func (r *report) section(name string) io.Writer {
	s := &section{Name: name}
	r.Sections = append(r.Sections, s)
	fmt.Printf("\n%s\n\n", name)
	return s
}

func (r *report) note(text string) {
	r.Notes = append(r.Notes, text)
	fmt.Println(text)
}

// add keeps a cell and shows it, and holds it against its goal.
func (r *report) add(c cell) {
	if len(r.Cells) == 0 {
		fmt.Println(screenHead)
	}
	r.Cells = append(r.Cells, c)
	fmt.Println(c.line())
	if c.Clients != goalClients {
		return
	}
	for _, row := range rows {
		if row.name == c.Row && row.goal > 0 {
			r.reached(goal{Name: fmt.Sprintf("%s, %d tickets, %s", c.Row, c.Tickets, c.Engine), Figure: c.Ratio, Spread: c.Spread,
				Wanted: row.goal, Noisy: c.Pulih.Noisy + c.Bare.Noisy})
		}
	}
	r.held(fmt.Sprintf("memory under %s, %d tickets, %s", c.Row, c.Tickets, c.Engine), c.Memory, limitMiB, "MiB")
}

func (r *report) peer(name string, clients int, ours, theirs *side) {
	p := peerCell{name, clients, theirs.Rate, ours.Rate, ours.Noisy + theirs.Noisy}
	r.Peers = append(r.Peers, p)
	fmt.Printf("%s at %d clients: %.0f pages/s, Pulih %.0f\n", name, clients, p.Rate, p.Pulih)
}

// write leaves both forms; the folder of the report is there.
func (r *report) write(out string) error {
	r.Took = time.Since(r.Begun).Round(time.Second).String()
	text, err := json.MarshalIndent(r, "", "\t")
	if err != nil {
		return err
	}
	if err := os.WriteFile(out+".json", append(text, '\n'), 0o644); err != nil {
		return err
	}
	return os.WriteFile(out+".md", []byte(strings.TrimRight(r.markdown(), "\n")+"\n"), 0o644)
}
