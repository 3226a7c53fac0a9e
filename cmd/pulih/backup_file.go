package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"syscall"

	"filippo.io/age"

	"pulih/db"
)

// backup is what was written, and is compared with what is read back.
type backup struct {
	size int64
	hash []byte
	sums db.Sums
}

// Why no backup is made.
var (
	errThere     = errors.New("a file of this name is there already, and stays")
	errUnderWay  = errors.New("a backup to this name is under way; if none is, one was broken off: remove the file whose name ends in .part")
	errDifferent = errors.New("what is read back is not what was written")
)

// unfinished is the name under which a backup is written until it is whole.
func unfinished(path string) string { return path + ".part" }

// makeBackup writes a backup under a name of its own, reads it back, and only
// then gives it its name. Whatever goes wrong, nothing is left.
func makeBackup(ctx context.Context, d *db.DB, path string, to []age.Recipient) (b backup, err error) {
	f, err := os.OpenFile(unfinished(path), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return b, errUnderWay
	}
	if err != nil {
		return b, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(unfinished(path)))
		}
	}()
	if err := free(path); err != nil {
		return b, errors.Join(err, f.Close())
	}
	to, key, err := witness(to)
	if err != nil {
		return b, errors.Join(err, f.Close())
	}
	b, err = writeBackup(ctx, d, f, to)
	if err = errors.Join(err, f.Close()); err == nil {
		err = b.proven(ctx, unfinished(path), key)
	}
	if err == nil {
		err = settle(unfinished(path), path)
	}
	return b, err
}

// free wants that a name is not taken.
func free(path string) error {
	_, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err == nil:
		return fmt.Errorf("%w (%s)", errThere, path)
	}
	return err
}

func writeBackup(ctx context.Context, d *db.DB, f *os.File, to []age.Recipient) (b backup, err error) {
	count := &counted{w: f, hash: sha256.New()}
	sealed, err := age.Encrypt(count, to...)
	if err != nil {
		return b, err
	}
	if b.sums, err = d.Archive(ctx, sealed); err != nil {
		return b, err
	}
	if err := errors.Join(sealed.Close(), f.Sync()); err != nil {
		return b, err
	}
	b.size, b.hash = count.n, count.hash.Sum(nil)
	return b, nil
}

// proven reads the file back, all of it, and compares.
func (b backup) proven(ctx context.Context, path string, key age.Identity) error {
	hash := sha256.New()
	_, sums, err := readBackup(ctx, path, []age.Identity{key}, hash, func(db.Table, []any) {})
	if err == nil && !(maps.Equal(sums, b.sums) && bytes.Equal(hash.Sum(nil), b.hash)) {
		err = errDifferent
	}
	return err
}

// settle gives a file its name, and sees to it that the name survives a power
// cut too. Unlike a renaming, a link takes no name from another file.
func settle(from, to string) error {
	err := os.Link(from, to)
	switch {
	case errors.Is(err, fs.ErrExist):
		return fmt.Errorf("%w (%s)", errThere, to)
	case errors.Is(err, syscall.EPERM), errors.Is(err, errors.ErrUnsupported): // a disk without links
		err = renameFree(from, to)
	case err == nil:
		err = os.Remove(from)
	}
	if err != nil {
		return err
	}
	folder, err := os.Open(filepath.Dir(to))
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// renameFree looks whether a name is free at the last moment.
func renameFree(from, to string) error {
	if err := free(to); err != nil {
		return err
	}
	return os.Rename(from, to)
}

// counted counts what goes through it, and sums it up.
type counted struct {
	w    io.Writer
	hash hash.Hash
	n    int64
}

// Write passes on.
func (c *counted) Write(b []byte) (int, error) {
	n, err := c.w.Write(b)
	c.hash.Write(b[:n])
	c.n += int64(n)
	return n, err
}
