package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"pulih/db"
	"pulih/secret"
)

// store is where the data are and what opens them. Every command that works
// on an installation takes these flags.
type store struct {
	Database string `required:"" placeholder:"PATH|URL" help:"SQLite file, or postgres://… when one machine is not enough."`
	keySources
}

// keySources name the keys. A file is better than the environment, which
// child processes inherit.
type keySources struct {
	KeysSealing     string `required:"" xor:"sealing" placeholder:"N:BASE64,…" help:"Keys that seal secrets at rest, numbered; the highest number writes. Each 256 bit."`
	KeysSealingFile string `required:"" xor:"sealing" placeholder:"PATH" help:"The same, one a line, from a file."`
	KeyPepper       string `required:"" xor:"pepper" placeholder:"BASE64" help:"Key of every stored hash, 256 bit, not one of the others."`
	KeyPepperFile   string `required:"" xor:"pepper" placeholder:"PATH" help:"The same from a file."`
}

// errSetting wraps what is wrong with a setting, and says which.
var errSetting = errors.New("setting")

func setting(name string, err error) error {
	return fmt.Errorf("%w %s: %w", errSetting, name, err)
}

func (k keySources) keys() (*secret.Keys, error) {
	sealing, err := oneOf("keys-sealing", k.KeysSealing, k.KeysSealingFile)
	if err != nil {
		return nil, err
	}
	pepper, err := oneOf("key-pepper", k.KeyPepper, k.KeyPepperFile)
	if err != nil {
		return nil, err
	}
	keys, err := secret.ParseKeys(sealing, pepper)
	if err != nil {
		return nil, setting("keys-sealing, key-pepper", err)
	}
	return keys, nil
}

// oneOf reads a secret setting from its value or its file, not both.
func oneOf(name, value, file string) (string, error) {
	switch {
	case value != "" && file != "":
		return "", setting(name, errors.New("is set twice, as value and as file"))
	case file != "":
		text, err := os.ReadFile(file)
		if err != nil {
			return "", setting(name+"-file", err)
		}
		return strings.TrimSpace(string(text)), nil
	case value == "":
		return "", setting(name, errors.New("is missing; `pulih keys new` makes one"))
	}
	return value, nil
}

// opener opens a database: openDatabase, existing or found.
type opener func(ctx context.Context, where string) (*db.DB, error)

// open opens and migrates the database.
func (s store) open(ctx context.Context, how opener) (*db.DB, *secret.Keys, error) {
	keys, err := s.keys()
	if err != nil {
		return nil, nil, err
	}
	d, err := how(ctx, s.Database)
	return d, keys, err
}

// existing opens what is there: a slip in the address must not make another
// database, which would then be checked or changed instead.
func existing(ctx context.Context, where string) (*db.DB, error) {
	if err := db.Exists(ctx, where); err != nil {
		return nil, err
	}
	return openDatabase(ctx, where)
}

// found makes the database of a new installation, and says so.
func found(ctx context.Context, where string) (*db.DB, error) {
	none := db.Exists(ctx, where)
	err := none
	if errors.Is(none, db.ErrNone) {
		err = ownFolder(where)
	}
	if err != nil {
		return nil, err
	}
	if none != nil {
		fmt.Fprintln(os.Stderr, "pulih: there was", none.Error()+", so a new one is made")
	}
	return openDatabase(ctx, where)
}

// errNotRoots says that root would make a file that serve cannot open.
var errNotRoots = errors.New("the folder belongs to another user, who could not open what root makes there: run this as the user that serve runs as (docs/production.md, section 6)")

// ownFolder refuses root a new file in somebody else's folder: the first
// import of an installation is run by hand, and serve by its unit's user.
func ownFolder(file string) error {
	var folder syscall.Stat_t
	if os.Geteuid() != 0 || syscall.Stat(filepath.Dir(file), &folder) != nil || folder.Uid == 0 {
		return nil
	}
	return setting("database", fmt.Errorf("%s: %w", file, errNotRoots))
}

// openDatabase opens the database, and makes it where there is none.
func openDatabase(ctx context.Context, where string) (*db.DB, error) {
	d, err := openAsItIs(ctx, where)
	if err != nil {
		return nil, err
	}
	if err := d.Migrate(ctx); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// openAsItIs opens the database and leaves its schema alone.
func openAsItIs(ctx context.Context, where string) (*db.DB, error) {
	d, err := db.Open(ctx, where, time.Now)
	if err != nil {
		return nil, setting("database", err)
	}
	return d, nil
}
