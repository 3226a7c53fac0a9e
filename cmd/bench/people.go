package main

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

// person is somebody made up. An account has a password once a wave has set
// one.
type person struct{ nip, email string }

const crowd = 1200 // people of the roster, and as many numbers that are in none

// known is the i-th person of the roster; unknown has a number of the same
// make that is not in it.
func known(i int) person   { return someone(i, 1) }
func unknown(i int) person { return someone(i, 501) }

// someone has a NIP whose parts agree: born, appointed 23 years later, a
// serial of its own.
func someone(i, serial int) person {
	year := 1970 + i%25
	nip := fmt.Sprintf("%d%02d%02d%d%02d%d%03d", year, 1+i%12, 1+i%28, year+23, 1+i%11, 1+i%2, serial+i%400)
	return person{nip, fmt.Sprintf("orang.%s@example.go.id", nip)}
}

// seed imports the roster as an operator does.
func seed(ctx context.Context, binary, folder string, environment []string) error {
	file := filepath.Join(folder, "people.csv")
	var b strings.Builder
	b.WriteString("NIP;Nama;Unit Kerja;Email\n")
	for i := range crowd {
		p := known(i)
		fmt.Fprintf(&b, "%s;Orang Contoh %d;Dinas Contoh;%s\n", p.nip, i, p.email)
	}
	if err := os.WriteFile(file, []byte(b.String()), 0o600); err != nil {
		return err
	}
	c := exec.CommandContext(ctx, binary, "import", "--apply", file)
	c.Env = environment
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("import: %w\n%s", err, out)
	}
	return activate(ctx, filepath.Join(folder, "bench.db"))
}

// activate makes all of them people who have signed in before: nobody else is
// mailed a code for a new password.
func activate(ctx context.Context, path string) error {
	d, err := db.Open(ctx, path, time.Now)
	if err != nil {
		return err
	}
	err = d.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, activateAll, tx.Now)
		return err
	})
	return errors.Join(err, d.Close())
}
