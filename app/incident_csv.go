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

// Write writes the people of one incident, of some units or of all.
func (f IncidentCSV) Write(ctx context.Context, to io.Writer, units []string, incidents ...audit.Incident) error {
	c, err := newCSV(to, f.Excel)
	if err == nil {
		err = c.row("NIP", "Nama", "Unit", "Instansi", "Peristiwa pertama", "Peristiwa terakhir", "Jumlah", "Jenis peristiwa")
	}
	for _, i := range incidents {
		if err != nil {
			return err
		}
		err = f.People.EachAffected(ctx, i, units, func(p accounts.Person, touched audit.Affected) error {
			return c.row(f.cells(p, touched)...)
		})
	}
	if err != nil {
		return err
	}
	return c.flush()
}

// cells group the number: a spreadsheet would round eighteen digits.
func (f IncidentCSV) cells(p accounts.Person, touched audit.Affected) []string {
	kinds := make([]string, len(touched.Actions))
	for i, action := range touched.Actions {
		kinds[i] = actionWords(action)
	}
	return []string{accounts.Group(p.NIP), p.Name, p.Unit, p.Agency, touched.First.Exact(f.Zone), touched.Last.Exact(f.Zone),
		strconv.Itoa(touched.Events), strings.Join(kinds, ", ")}
}
