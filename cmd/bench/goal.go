package main

import "fmt"

// goalClients is at how many clients issue 7 wants its ratios.
const goalClients = 16

// goal is a figure that is wanted, and what became of it.
type goal struct {
	Name    string     `json:"name"`
	Figure  float64    `json:"figure"`
	Spread  [2]float64 `json:"spread"`
	Wanted  float64    `json:"wanted"`
	AtMost  bool       `json:"at_most"`
	Unit    string     `json:"unit"`
	Noisy   int        `json:"noisy_slices"`
	Verdict string     `json:"verdict"`
}

// reached judges a ratio that is to be at least so large. It misses only when
// its whole spread does.
func (r *report) reached(g goal) {
	switch {
	case g.Figure >= g.Wanted:
		g.Verdict = "met"
	case g.Spread[1] >= g.Wanted:
		g.Verdict = "open"
	default:
		g.Verdict = "MISSED"
	}
	r.Goals = append(r.Goals, g)
	fmt.Println(g)
}

// held judges a figure that is to be at most so large.
func (r *report) held(name string, figure, most float64, unit string) {
	g := goal{Name: name, Figure: figure, Spread: [2]float64{figure, figure}, Wanted: most, AtMost: true, Unit: unit, Verdict: "met"}
	if figure > most {
		g.Verdict = "MISSED"
	}
	r.Goals = append(r.Goals, g)
	if g.Verdict != "met" {
		fmt.Println(g)
	}
}

func (g goal) String() string {
	if g.AtMost {
		return fmt.Sprintf("    %s: %.1f %s of at most %.0f: %s", g.Name, g.Figure, g.Unit, g.Wanted, g.Verdict)
	}
	return fmt.Sprintf("    %s: %.2f (%.2f to %.2f) of %.2f: %s", g.Name, g.Figure, g.Spread[0], g.Spread[1], g.Wanted, g.Verdict)
}
