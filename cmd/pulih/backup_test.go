package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"filippo.io/age"

	"pulih/db"
	"pulih/db/dbtest"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

// safe is a folder with an operator's key.
type safe struct {
	*testing.T
	folder, public, private string
	key                     *age.X25519Identity
}

func aSafe(t *testing.T) safe {
	t.Helper()
	key, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	v := safe{T: t, folder: t.TempDir(), public: key.Recipient().String(), key: key}
	v.private = v.file("identity.txt", []byte(key.String()))
	return v
}

func (v safe) file(name string, content []byte) string {
	v.Helper()
	path := filepath.Join(v.folder, name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		v.Fatal(err)
	}
	return path
}

func (v safe) backup(database, name string) string {
	v.Helper()
	path := filepath.Join(v.folder, name)
	if err := run(context.Background(), []string{"backup", "--database", database, "--to", path, "--recipient", v.public}); err != nil {
		v.Fatal(err)
	}
	return path
}

func (v safe) verify(path, identity string) error {
	return (&backupCmd{Verify: path, Identity: identity, screen: screen{io.Discard}}).Run(context.Background())
}

// plain is what the operator finds in the file.
func (v safe) plain(path string) []byte {
	v.Helper()
	f, err := os.Open(path)
	if err != nil {
		v.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // only read
	r, err := age.Decrypt(f, v.key)
	if err != nil {
		v.Fatal(err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		v.Fatal(err)
	}
	return text
}

// databases are one of each engine, empty.
func databases(t *testing.T, f func(t *testing.T, url func() string)) {
	t.Run("sqlite", func(t *testing.T) { f(t, func() string { return filepath.Join(t.TempDir(), "pulih.db") }) })
	t.Run("postgres", func(t *testing.T) { f(t, func() string { return dbtest.Postgres(t) }) })
}

// A backup opens with the operator's key and no other, is nobody else's to
// read, and is not written over.
func TestABackupIsTheOperators_SC03(t *testing.T) {
	databases(t, func(t *testing.T, url func() string) {
		v, other, database := aSafe(t), aSafe(t), url()
		lived(t, database)
		path := v.backup(database, "one.age")
		if err := v.verify(path, v.private); err != nil {
			t.Error(err)
		}
		if err := v.verify(path, other.private); !errors.Is(err, errIdentity) {
			t.Error("another key:", err)
		}
		if info, err := os.Stat(path); err != nil || info.Mode() != 0o600 {
			t.Error(info.Mode(), err)
		}
		before, _ := os.ReadFile(path)
		err := (&backupCmd{Database: database, To: path, Recipient: []string{v.public}}).Run(t.Context())
		after, _ := os.ReadFile(path)
		if !errors.Is(err, errThere) || !bytes.Equal(before, after) {
			t.Error("it was written over:", err)
		}
		if left, _ := filepath.Glob(filepath.Join(v.folder, "*.part")); len(left) > 0 {
			t.Error(left)
		}
	})
}

// Whoever has a backup and its key cannot read one authenticator's secret:
// what opens those is elsewhere (impostor 19).
func TestNoKeyIsInABackup_impostor19(t *testing.T) {
	v, c := aSafe(t), aConsole(t)
	w := lived(t, c.Database)
	path := v.backup(c.Database, "one.age")
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	archive := v.plain(path)
	rows, err := unpacked(archive)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"sealing": strings.TrimPrefix(w.Sealing, "1:"), "pepper": w.Pepper, "identity": strings.TrimPrefix(v.key.String(), "AGE-SECRET-KEY-")} {
		raw, _ := base64.StdEncoding.DecodeString(text)
		for _, hay := range [][]byte{file, archive, rows} {
			if bytes.Contains(hay, []byte(text)) || len(raw) > 0 && bytes.Contains(hay, raw) {
				t.Error(name, "is in it")
			}
		}
	}
	if !bytes.Contains(rows, []byte(w.Checker.Staff.Name)) || bytes.Contains(file, []byte(w.Checker.Staff.Name)) {
		t.Error("what stands in the rows is found, and in the file it is not")
	}
}

// unpacked is every cell of an archive that is text or bytes.
func unpacked(archive []byte) (all []byte, err error) {
	a, err := db.OpenArchive(bytes.NewReader(archive))
	if err != nil {
		return nil, err
	}
	err = eachRow(context.Background(), a, func(_ db.Table, row []any) error {
		for _, cell := range row {
			switch v := cell.(type) {
			case string:
				all = append(all, v...)
			case []byte:
				all = append(all, v...)
			}
		}
		return nil
	})
	return all, err
}

// A file that was cut, changed, lengthened, or is another one altogether, is
// no backup.
func TestADamagedBackupIsNone(t *testing.T) {
	v, c := aSafe(t), aConsole(t)
	lived(t, c.Database)
	heavy(t, c.Database)
	whole, err := os.ReadFile(v.backup(c.Database, "one.age"))
	if err != nil {
		t.Fatal(err)
	}
	refused := func(what string, content []byte) {
		t.Helper()
		if err := v.verify(v.file("damaged.age", content), v.private); err == nil {
			t.Error(what, "is taken")
		}
	}
	const chunk = 64<<10 + 16
	for _, at := range []int{0, 10, 60, 150, 300, 400, len(whole) / 3, len(whole) / 2, len(whole) - 17, len(whole) - 1} {
		changed := bytes.Clone(whole)
		changed[at] ^= 1
		refused(fmt.Sprint("a bit at ", at), changed)
		refused(fmt.Sprint("cut at ", at), whole[:at])
	}
	header := bytes.Index(whole, []byte("\n---")) + 48
	for at := header + 16; at < len(whole); at += chunk {
		refused(fmt.Sprint("cut between two pieces, at ", at), whole[:at])
	}
	refused("with something behind it", append(bytes.Clone(whole), 'x'))
	refused("twice itself", append(bytes.Clone(whole), whole...))
	refused("a text", []byte("hello\n"))
	var other bytes.Buffer
	w, err := age.Encrypt(&other, v.key.Recipient())
	if err != nil {
		t.Fatal(err)
	}
	_, _ = w.Write([]byte(`{"format":"pulih archive 1"}` + "\nnothing"))
	_ = w.Close()
	refused("sealed for the right key, and nothing in it", other.Bytes())
}

// While eight write, a backup is the data of one moment: each request in it
// has its history, and each event of the log waits to be sealed or is.
func TestABackupIsOneMoment(t *testing.T) {
	databases(t, func(t *testing.T, url func() string) {
		v, database := aSafe(t), url()
		d, err := openDatabase(t.Context(), database)
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close() //nolint:errcheck // a test's database
		w := ticketstest.New(t, d, dbtest.NewClock())
		p := w.Person(nip, "Siti Contoh")
		w.File(p, tickets.Remote)
		ctx, stop := context.WithCancel(t.Context())
		var writers sync.WaitGroup
		for range 8 {
			writers.Go(func() {
				for ctx.Err() == nil {
					_, err := w.Desk.Open(ctx, tickets.Filing{NIP: p.NIP, Name: p.Name, Unit: p.Unit, Phone: "0811111111", Problem: "Tidak bisa masuk",
						Kind: tickets.MFA, Channel: tickets.Remote}, ticketstest.Stranger)
					if err != nil && ctx.Err() == nil {
						t.Error(err)
						return
					}
				}
			})
		}
		for n := range 3 {
			head := rowsOf(t, v.plain(v.backup(database, fmt.Sprint(n, ".age"))))
			if head["tickets"] == 0 || head["tickets"] != head["ticket_events"] || head["audit_events"] != head["audit_queue"]+head["audit_seals"] {
				t.Error(head)
			}
		}
		stop()
		writers.Wait()
	})
}

func rowsOf(t *testing.T, archive []byte) map[string]int {
	t.Helper()
	a, err := db.OpenArchive(bytes.NewReader(archive))
	rows := map[string]int{}
	if err == nil {
		err = eachRow(t.Context(), a, func(t db.Table, _ []any) error { rows[t.Name]++; return nil })
	}
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// A disk that fills up half-way leaves no file, and says so. The process that
// may write 100 KB is another one: the limit is for all of its files.
func TestADiskThatFillsUpLeavesNoBackup(t *testing.T) {
	if to := os.Getenv("PULIH_TEST_FULL"); to != "" {
		signal.Ignore(syscall.SIGXFSZ)
		few := syscall.Rlimit{Cur: 100 << 10, Max: 100 << 10}
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &few); err != nil {
			t.Fatal(err)
		}
		err := run(t.Context(), strings.Split(to, "|"))
		if !errors.Is(err, syscall.EFBIG) {
			t.Error(err)
		}
		return
	}
	v, c := aSafe(t), aConsole(t)
	lived(t, c.Database)
	heavy(t, c.Database)
	path := filepath.Join(v.folder, "full.age")
	again := exec.Command(os.Args[0], "-test.run", "^"+t.Name()+"$")
	again.Env = append(os.Environ(), "PULIH_TEST_FULL="+strings.Join([]string{"backup", "--database", c.Database, "--to", path, "--recipient", v.public}, "|"))
	if out, err := again.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if left, err := filepath.Glob(path + "*"); err != nil || len(left) > 0 {
		t.Error(left, err)
	}
}

// heavy adds 400 KB that do not pack.
func heavy(t *testing.T, database string) {
	t.Helper()
	d, err := openDatabase(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close() //nolint:errcheck // a test's database
	err = d.Write(t.Context(), func(tx *db.Tx) error {
		for range 100 {
			key := make([]byte, 4<<10)
			_, _ = rand.Read(key)
			if _, err := tx.Exec(t.Context(), `INSERT INTO limits (key, tat) VALUES ($1, 1)`, key); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestABackupIsForSomebody(t *testing.T) {
	v, c := aSafe(t), aConsole(t)
	lived(t, c.Database)
	to := filepath.Join(v.folder, "one.age")
	for _, keys := range [][]string{nil, {"age1tidakada"}, {v.key.String()}, {"ssh-ed25519 AAAA"}} {
		if err := (&backupCmd{Database: c.Database, To: to, Recipient: keys}).Run(t.Context()); err == nil {
			t.Error(keys, "is taken")
		}
	}
	file := v.file("keys.txt", []byte("# Budi\n"+v.public+"\n"))
	if err := (&backupCmd{Database: c.Database, To: to, RecipientsFile: file, screen: screen{io.Discard}}).Run(t.Context()); err != nil {
		t.Error(err)
	}
	if err := (&backupCmd{Database: c.Database + "x", To: to + "2", Recipient: []string{v.public}}).Run(t.Context()); !errors.Is(err, db.ErrNone) {
		t.Error("a database that is not there:", err)
	}
}
