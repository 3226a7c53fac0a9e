package main

import (
	"fmt"
	"strings"
)

const screenHead = "row               engine   tickets clients    req/s     bare  ratio  CPU ms    bare  ratio  p50 ms  p99 ms    bare    MiB  noisy"

func (c cell) line() string {
	return fmt.Sprintf("%-17s %-8s %7d %7d %8.0f %8.0f  %5.2f %7.3f %7.3f  %5.2f %7.2f %7.2f %7.2f %6.1f %6d", c.Row, c.Engine, c.Tickets, c.Clients,
		c.Pulih.Rate, c.Bare.Rate, c.Ratio, c.Pulih.CPU, c.Bare.CPU, c.cpuRatio(), c.Pulih.P50, c.Pulih.P99, c.Bare.P99, c.Memory, c.Pulih.Noisy+c.Bare.Noisy)
}

// cpuRatio is the share of the CPU that was unavoidable. What others do to a
// machine disturbs it far less than the rates.
func (c cell) cpuRatio() float64 {
	if c.Pulih.CPU == 0 {
		return 0
	}
	return c.Bare.CPU / c.Pulih.CPU
}

func (r *report) markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Report of `make bench`\n\n%s, %s, commit %s; slices of %s, %d on each side; took %s. `docs/bench.md` says what each line means.\n",
		r.Begun.Format("2006-01-02 15:04 UTC"), r.Machine, r.Commit, r.Slice, r.Rounds, r.Took)
	if r.Failed != "" {
		fmt.Fprintf(&b, "\n**The run ended early:** %s\n", r.Failed)
	}
	for _, note := range r.Notes {
		fmt.Fprintf(&b, "\n%s\n", note)
	}
	r.goals(&b)
	r.cells(&b)
	r.peers(&b)
	for _, s := range r.Sections {
		if s.Text != "" {
			fmt.Fprintf(&b, "\n## %s\n\n```\n%s\n```\n", strings.ToUpper(s.Name[:1])+s.Name[1:], strings.Trim(s.Text, "\n"))
		}
	}
	return b.String()
}

func (r *report) goals(b *strings.Builder) {
	b.WriteString("\n## Goals\n\n| what | figure | spread | wanted | verdict | noisy slices |\n|---|---:|---|---:|---|---:|\n")
	for _, g := range r.Goals {
		if g.AtMost {
			fmt.Fprintf(b, "| %s | %.1f %s | | at most %.0f | %s | |\n", g.Name, g.Figure, g.Unit, g.Wanted, g.Verdict)
			continue
		}
		fmt.Fprintf(b, "| %s | %.2f | %.2f to %.2f | %.2f | %s | %d |\n", g.Name, g.Figure, g.Spread[0], g.Spread[1], g.Wanted, g.Verdict, g.Noisy)
	}
}

func (r *report) cells(b *strings.Builder) {
	b.WriteString("\n## Rows\n\n| row | limit | engine | tickets | clients | req/s | bare | ratio | spread | CPU ms | bare | ratio | p50 ms | p99 ms | bare p99 | MiB | noisy |\n" +
		"|---|---|---|---:|---:|---:|---:|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|\n")
	for _, c := range r.Cells {
		fmt.Fprintf(b, "| %s | %s | %s | %d | %d | %.0f | %.0f | **%.2f** | %.2f to %.2f | %.3f | %.3f | %.2f | %.2f | %.2f | %.2f | %.1f | %d |\n", c.Row, c.Limit, c.Engine,
			c.Tickets, c.Clients, c.Pulih.Rate, c.Bare.Rate, c.Ratio, c.Spread[0], c.Spread[1], c.Pulih.CPU, c.Bare.CPU, c.cpuRatio(), c.Pulih.P50, c.Pulih.P99, c.Bare.P99,
			c.Memory, c.Pulih.Noisy+c.Bare.Noisy)
	}
}

func (r *report) peers(b *strings.Builder) {
	if len(r.Peers) == 0 {
		return
	}
	b.WriteString("\n## Peers\n\n| program | clients | pages/s | Pulih's start page | noisy |\n|---|---:|---:|---:|---:|\n")
	for _, p := range r.Peers {
		fmt.Fprintf(b, "| %s | %d | %.0f | %.0f | %d |\n", p.Name, p.Clients, p.Rate, p.Pulih, p.Noisy)
	}
}
