package db

import (
	"bufio"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// An archive is the data of an installation, whichever engine holds them: a
// line of JSON that heads it, and then, packed with gzip, each table's header
// and rows. It ends with the sums, without which it is cut.

// ErrArchive says that an archive is none of ours, or is damaged or cut.
var ErrArchive = errors.New("db: no whole archive")

// ArchiveHead begins an archive. Version is that of the schema.
type ArchiveHead struct {
	Format  string `json:"format"`
	Version int64  `json:"version"`
	Engine  Engine `json:"engine"`
	At      Time   `json:"at"` // µs
}

const archiveFormat = "pulih archive 1"

// Sum is how many rows a table has, and what they hold: the sum of the rows'
// SHA-256, in which order does not matter, as each engine has its own.
type Sum struct {
	Rows int64  `json:"rows"`
	Hash string `json:"hash"`
}

// Sums are those of each table by its name.
type Sums map[string]Sum

// Rows are those of all tables.
func (s Sums) Rows() (n int64) {
	for _, sum := range s {
		n += sum.Rows
	}
	return n
}

// Archive writes the whole database as it is at one moment. Nobody waits for
// it, and nothing waits for readers. ErrNewer, where a newer program made
// tables that this one does not know.
func (d *DB) Archive(ctx context.Context, w io.Writer) (sums Sums, err error) {
	err = d.Read(ctx, func(tx *Tx) error {
		head := ArchiveHead{Format: archiveFormat, Engine: d.Engine, At: tx.Now}
		if err := tx.Row(ctx, maxVersion).Scan(&head.Version); err != nil {
			return err
		}
		if err := head.known(d.Engine); err != nil {
			return err
		}
		if err := json.NewEncoder(w).Encode(head); err != nil {
			return err
		}
		zip := gzip.NewWriter(w)
		sums, err = tx.archive(ctx, archiver{head: head, w: bufio.NewWriterSize(zip, 64<<10)})
		return errors.Join(err, zip.Close())
	})
	return sums, err
}

// SumsOf are those of the database as it is now.
func (d *DB) SumsOf(ctx context.Context) (sums Sums, err error) {
	err = d.Read(ctx, func(tx *Tx) error {
		sums, err = tx.archive(ctx, archiver{w: bufio.NewWriter(io.Discard)})
		return err
	})
	return sums, err
}

func (t *Tx) archive(ctx context.Context, a archiver) (Sums, error) {
	tables, err := t.Tables(ctx)
	if err != nil {
		return nil, err
	}
	sums := Sums{}
	for _, table := range tables {
		if err := a.header(table); err != nil {
			return nil, err
		}
		var sum summing
		err := t.EachRow(ctx, table, func(row []any) error { return a.row(row, &sum) })
		if err != nil {
			return nil, fmt.Errorf("%s: %w", table.Name, err)
		}
		sums[table.Name] = sum.sum()
	}
	return sums, a.end(sums)
}

// archiver writes pieces, each with its length before it. The first byte of a
// piece says what it is.
type archiver struct {
	head  ArchiveHead
	w     *bufio.Writer
	piece []byte
}

const (
	pieceTable byte = 't'
	pieceRow   byte = 'r'
	pieceEnd   byte = 'e'
)

func (a *archiver) write(kind byte, content []byte) error {
	if err := a.w.WriteByte(kind); err != nil {
		return err
	}
	if _, err := a.w.Write(binary.AppendUvarint(nil, uint64(len(content)))); err != nil {
		return err
	}
	_, err := a.w.Write(content)
	return err
}

func (a *archiver) header(t Table) error {
	content, err := json.Marshal(t)
	if err != nil {
		return err
	}
	return a.write(pieceTable, content)
}

func (a *archiver) row(row []any, sum *summing) error {
	a.piece = a.piece[:0]
	for _, cell := range row {
		a.piece = appendCell(a.piece, cell)
	}
	sum.add(a.piece)
	return a.write(pieceRow, a.piece)
}

// archiveEnd is what the reader compares with what he read.
type archiveEnd struct {
	Head ArchiveHead
	Sums Sums
}

func (a *archiver) end(sums Sums) error {
	content, err := json.Marshal(archiveEnd{a.head, sums})
	if err == nil {
		err = a.write(pieceEnd, content)
	}
	return errors.Join(err, a.w.Flush())
}

// summing adds hashes up.
type summing struct {
	rows  int64
	lanes [4]uint64
}

func (s *summing) add(row []byte) {
	hash := sha256.Sum256(row)
	for i := range s.lanes {
		s.lanes[i] += binary.BigEndian.Uint64(hash[8*i:])
	}
	s.rows++
}

func (s *summing) sum() Sum {
	var b []byte
	for _, lane := range s.lanes {
		b = binary.BigEndian.AppendUint64(b, lane)
	}
	return Sum{s.rows, hex.EncodeToString(b)}
}

// appendCell writes 0 for NULL, and else 1 and the value.
func appendCell(b []byte, cell any) []byte {
	if cell == nil {
		return append(b, 0)
	}
	b = append(b, 1)
	switch v := cell.(type) {
	case int64:
		return binary.AppendVarint(b, v)
	case bool:
		if v {
			return append(b, 1)
		}
		return append(b, 0)
	case string:
		return append(binary.AppendUvarint(b, uint64(len(v))), v...)
	case []byte:
		return append(binary.AppendUvarint(b, uint64(len(v))), v...)
	}
	return b
}
