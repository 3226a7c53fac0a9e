package rig

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"pulih/db"
)

// Person is somebody made up.
type Person struct{ NIP, Email string }

// Crowd is how many people the roster has, and how many numbers are in none.
const Crowd = 1200

// Known is the i-th person of the roster.
func Known(i int) Person { return Someone(i, 1) }

// Unknown has a number of the same make that is not in the roster.
func Unknown(i int) Person { return Someone(i, 501) }

// Someone has a NIP whose parts agree: born, appointed 23 years later, a
// serial of its own.
func Someone(i, serial int) Person {
	year := 1970 + i%25
	nip := fmt.Sprintf("%d%02d%02d%d%02d%d%03d", year, 1+i%12, 1+i%28, year+23, 1+i%11, 1+i%2, serial+i%400)
	return Person{nip, fmt.Sprintf("orang.%s@example.go.id", nip)}
}

// Import brings the crowd in as an operator does.
func (p Place) Import(ctx context.Context) error { return p.ImportFirst(ctx, Crowd) }

// ImportFirst brings in so many.
func (p Place) ImportFirst(ctx context.Context, n int) error {
	file := filepath.Join(p.Folder, "people.csv")
	var b strings.Builder
	b.WriteString("NIP;Nama;Unit Kerja;Email\n")
	for i := range n {
		somebody := Known(i)
		fmt.Fprintf(&b, "%s;Orang Contoh %d;Dinas Contoh;%s\n", somebody.NIP, i, somebody.Email)
	}
	if err := os.WriteFile(file, []byte(b.String()), 0o600); err != nil {
		return err
	}
	c := exec.CommandContext(ctx, p.Binary, "import", "--apply", file)
	c.Env = p.Environment("BASE_URL=http://127.0.0.1")
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("import: %w\n%s", err, out)
	}
	return activate(ctx, p.URL())
}

// activate makes all of them people who have signed in before: nobody else is
// mailed a code for a new password.
func activate(ctx context.Context, url string) error {
	d, err := db.Open(ctx, url, time.Now)
	if err != nil {
		return err
	}
	err = d.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, activateAll, tx.Now)
		return err
	})
	return errors.Join(err, d.Close())
}
