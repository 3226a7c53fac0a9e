package app

import (
	"context"
	"io"
	"strconv"
	"strings"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
)

// IncidentCSV writes whom an incident concerns, one person a line, as they are
// read. Excel asks for its Indonesian form.
type IncidentCSV struct {
	People *accounts.Accounts
	Zone   db.Zone
	Excel  bool
}

// Write writes the people of one incident, of some units or of all, and a last
// line that counts them: a file that broke off lacks it.
func (f IncidentCSV) Write(ctx context.Context, to io.Writer, units []string, incidents ...audit.Incident) error {
	c, err := newCSV(to, f.Excel)
	if err == nil {
		err = c.row("NIP", "Unit", "Instansi", "Peristiwa pertama", "Peristiwa terakhir", "Jumlah", "Jenis peristiwa")
	}
	written := 0
	for _, i := range incidents {
		if err != nil {
			return err
		}
		err = f.People.EachAffected(ctx, i, units, func(p accounts.Person, touched audit.Affected) error {
			written++
			return c.row(f.cells(p, touched)...)
		})
	}
	if err == nil {
		err = c.row("# selesai", strconv.Itoa(written))
	}
	if err != nil {
		return err
	}
	return c.flush()
}

// cells group the number: a spreadsheet would round eighteen digits. A name is
// a reference value, which no list takes out (impostor 22); whoever writes the
// notices has the roster.
func (f IncidentCSV) cells(p accounts.Person, touched audit.Affected) []string {
	kinds := make([]string, len(touched.Actions))
	for i, action := range touched.Actions {
		kinds[i] = actionWords(action)
	}
	return []string{accounts.Group(p.NIP), p.Unit, p.Agency, touched.First.Exact(f.Zone), touched.Last.Exact(f.Zone),
		strconv.Itoa(touched.Events), strings.Join(kinds, ", ")}
}
