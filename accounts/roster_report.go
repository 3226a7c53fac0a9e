package accounts

import (
	"fmt"
	"io"
	"strings"
)

// reportKinds are the sections of the report, in order.
var reportKinds = []struct {
	kind  EffectKind
	title string
}{
	{Added, "Ditambahkan"}, {Changed, "Diubah"}, {Proposed, "Diusulkan"},
	{Deactivated, "Dinonaktifkan"}, {Refused, "Ditolak"}, {Noted, "Perlu diperiksa"},
}

// WriteReport shows the plan line by line, for the operator's screen. It holds
// names and numbers of employees, but no address that is on file.
func (p Plan) WriteReport(w io.Writer) error {
	out := &report{w: w}
	p.writeHead(out)
	for _, section := range reportKinds {
		if n := p.Count(section.kind); n > 0 {
			out.line("\n%s (%d)", section.title, n)
		}
		for _, c := range p.Changes {
			if c.Kind == section.kind {
				c.write(out)
			}
		}
	}
	out.line("\n%s", p.Totals())
	for _, b := range p.Brakes {
		out.line("REM: %s\n     Jika memang benar, tambahkan --brake-off %s=%d", b.Why, b.Name, b.Count)
	}
	return out.err
}

func (p Plan) writeHead(out *report) {
	for _, s := range spellings {
		if called, ok := p.Columns[s.column]; ok {
			out.line("%-11s dari kolom “%s”", s.column, called)
		}
	}
	if _, ok := p.Columns[ColumnAgency]; !ok && len(p.Agencies) > 0 {
		out.line("%-11s %s, karena berkas tidak menyebutnya", ColumnAgency, p.Agencies[0].Name)
	}
	if len(p.Unused) > 0 {
		out.line("Tidak dibaca: %s", strings.Join(p.Unused, ", "))
	}
	for _, a := range p.Agencies {
		if a.First {
			out.line("Impor pertama %s: email dan nomor HP dianggap sudah lama terdaftar.", a.Name)
		}
	}
	if p.Withheld {
		out.line("Ada baris tanpa NIP yang terbaca. Karena itu tidak ada yang dinonaktifkan karena hilang dari berkas.")
	}
}

func (c Effect) write(out *report) {
	where := "         -"
	if c.Line > 0 {
		where = fmt.Sprintf("baris %4d", c.Line)
	}
	text := strings.TrimSpace(c.detail())
	out.line("  %s  %-21s  %s%s", where, Group(c.NIP), c.Name, after(text))
	if c.Fix != "" {
		out.line("  %10s  %-21s  → %s", "", "", c.Fix)
	}
}

func after(text string) string {
	if text == "" {
		return ""
	}
	return " | " + text
}

func (c Effect) detail() string {
	var parts []string
	for _, f := range c.Fields {
		parts = append(parts, f.text())
	}
	return strings.Join(append(parts, c.Why), " ")
}

func (f FieldChange) text() string {
	switch {
	case f.To != "":
		return fmt.Sprintf("%s: “%s” menjadi “%s”.", f.Column, f.From, f.To)
	case f.replaces:
		return fmt.Sprintf("%s berganti.", f.Column)
	}
	return fmt.Sprintf("%s diisi.", f.Column)
}

// Totals is the plan in one line.
func (p Plan) Totals() string {
	var parts []string
	for _, section := range reportKinds {
		parts = append(parts, fmt.Sprintf("%d %s", p.Count(section.kind), strings.ToLower(section.title)))
	}
	return strings.Join(append(parts, fmt.Sprintf("%d tetap", p.Same), fmt.Sprintf("%d tidak aktif, dilewati", p.Skipped)), ", ") + "."
}

// report writes lines until the first error.
type report struct {
	w   io.Writer
	err error
}

func (r *report) line(format string, args ...any) {
	if r.err == nil {
		_, r.err = fmt.Fprintf(r.w, format+"\n", args...)
	}
}
