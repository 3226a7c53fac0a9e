package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"pulih/cmd/rig"
)

// fresh is how long a filled database may be used: what is open in it was
// filed within three days, and the clock ends it on the third.
const fresh = 4 * time.Hour

// people can sign in, each once in a period of his authenticator.
const people = 4000

// filled is a database with tickets in it, written beside it.
type filled struct {
	URL  string
	Name string // of the database in PostgreSQL
	At   time.Time
}

// fill gives a database of a size: from the cache, or made now.
func (b *bench) fill(ctx context.Context, engine string, size int) (f filled, err error) {
	note := filepath.Join(b.cache, fmt.Sprintf("%s-%d.json", engine, size))
	text, err := os.ReadFile(note)
	if err == nil && json.Unmarshal(text, &f) == nil && time.Since(f.At) < fresh {
		return f, nil
	}
	if err := errors.Join(f.drop(), os.RemoveAll(note)); err != nil {
		return f, err
	}
	if f, err = b.make(ctx, engine, size); err != nil {
		return f, errors.Join(err, f.drop())
	}
	text, _ = json.Marshal(f) // texts and a time
	return f, os.WriteFile(note, text, 0o600)
}

func (b *bench) make(ctx context.Context, engine string, size int) (f filled, err error) {
	f = filled{URL: filepath.Join(b.cache, fmt.Sprintf("%s-%d.db", engine, size)), At: time.Now()}
	if engine == "postgres" {
		if f, err = b.newDatabase(fmt.Sprintf("pulih_bench_%d_%d", size, f.At.Unix()), ""); err != nil {
			return f, err
		}
	}
	place := rig.Place{Binary: b.binary, Folder: b.folder, Database: f.URL, Box: b.box}
	if err := place.ImportFirst(ctx, people); err != nil {
		return f, err
	}
	if err := settle(ctx, f.URL); err != nil {
		return f, err
	}
	return f, threeYears(ctx, f.URL, size)
}

// newDatabase makes one in PostgreSQL, empty or as a copy.
func (b *bench) newDatabase(name, of string) (filled, error) {
	f := filled{URL: rig.InDatabase(b.postgres, name), Name: name, At: time.Now()}
	statement := "CREATE DATABASE " + name
	if of != "" {
		statement += " TEMPLATE " + of + " STRATEGY FILE_COPY"
	}
	return f, rig.Admin(b.postgres, statement)
}

// copy is one that a run may change. What is not kept needs none.
func (b *bench) copy(f filled, folder string) (filled, error) {
	if !b.lasting {
		return f, nil
	}
	if f.Name != "" {
		return b.newDatabase(fmt.Sprintf("%s_%d", f.Name, os.Getpid()), f.Name)
	}
	to := filled{URL: filepath.Join(folder, "bench.db")}
	in, err := os.Open(f.URL)
	if err != nil {
		return to, err
	}
	defer in.Close() //nolint:errcheck // only read
	out, err := os.OpenFile(to.URL, os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return to, err
	}
	_, err = io.Copy(out, in)
	return to, errors.Join(err, out.Close())
}

func (f filled) drop() error {
	switch {
	case f.URL == "":
		return nil
	case f.Name != "":
		return rig.Admin(rig.InDatabase(f.URL, "postgres"), "DROP DATABASE IF EXISTS "+f.Name+" WITH (FORCE)")
	}
	var failed error
	files, _ := filepath.Glob(f.URL + "*")
	for _, name := range files {
		failed = errors.Join(failed, os.Remove(name))
	}
	return failed
}
