package db

import (
	"bufio"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
)

// ArchiveReader reads an archive from its beginning to its end. It trusts no
// length in it.
type ArchiveReader struct {
	Head ArchiveHead

	r     *bufio.Reader
	piece []byte
	table Table
	sums  Sums
	sum   summing
}

// longestPiece bounds one row: a picture of 5 MiB, sealed, and what is beside it.
const longestPiece = 64 << 20

// OpenArchive reads the head. ErrArchive.
func OpenArchive(r io.Reader) (*ArchiveReader, error) {
	plain := bufio.NewReader(r)
	line, err := plain.ReadSlice('\n')
	if err != nil {
		return nil, fmt.Errorf("%w: no head: %w", ErrArchive, err)
	}
	a := &ArchiveReader{sums: Sums{}}
	if err := json.Unmarshal(line, &a.Head); err != nil || a.Head.Format != archiveFormat {
		return nil, fmt.Errorf("%w: another format", ErrArchive)
	}
	zip, err := gzip.NewReader(plain)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrArchive, err)
	}
	a.r = bufio.NewReaderSize(zip, 64<<10)
	return a, nil
}

// Table goes on to the next table; io.EOF where the archive ends whole, with
// the sums that it names.
func (a *ArchiveReader) Table() (Table, error) {
	kind, err := a.next()
	for err == nil && kind == pieceRow { // which nobody read
		a.sum.add(a.piece)
		kind, err = a.next()
	}
	if err != nil {
		return Table{}, err
	}
	a.summed()
	if kind == pieceEnd {
		return Table{}, a.end()
	}
	a.table = Table{}
	if err := json.Unmarshal(a.piece, &a.table); err != nil {
		return Table{}, fmt.Errorf("%w: %w", ErrArchive, err)
	}
	return a.table, nil
}

func (a *ArchiveReader) summed() {
	if a.table.Name != "" {
		a.sums[a.table.Name] = a.sum.sum()
	}
	a.sum = summing{}
}

// end compares what was read with what the archive says of itself.
func (a *ArchiveReader) end() error {
	var named archiveEnd
	if err := json.Unmarshal(a.piece, &named); err != nil {
		return fmt.Errorf("%w: %w", ErrArchive, err)
	}
	if named.Head != a.Head || !maps.Equal(named.Sums, a.sums) {
		return fmt.Errorf("%w: it is not what it says it is", ErrArchive)
	}
	if _, err := a.r.ReadByte(); err != io.EOF { // and the checksum of gzip
		return fmt.Errorf("%w: it goes on after its end: %w", ErrArchive, err)
	}
	return io.EOF
}

// Sums are those of what was read so far.
func (a *ArchiveReader) Sums() Sums { return a.sums }

// Row is the next row of the table; io.EOF after the last.
func (a *ArchiveReader) Row() ([]any, error) {
	kind, err := a.r.Peek(1)
	if err != nil {
		return nil, cut(err)
	}
	if kind[0] != pieceRow {
		return nil, io.EOF
	}
	if _, err := a.next(); err != nil {
		return nil, err
	}
	a.sum.add(a.piece)
	return readRow(a.table, a.piece)
}

// next reads a piece.
func (a *ArchiveReader) next() (kind byte, err error) {
	if kind, err = a.r.ReadByte(); err != nil {
		return 0, cut(err)
	}
	length, err := binary.ReadUvarint(a.r)
	if err != nil || length > longestPiece {
		return 0, cut(errors.Join(err, errors.New("length of a piece")))
	}
	if uint64(cap(a.piece)) < length {
		a.piece = make([]byte, length)
	}
	a.piece = a.piece[:length]
	_, err = io.ReadFull(a.r, a.piece)
	return kind, cut(err)
}

func cut(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%w: %w", ErrArchive, err)
}

func readRow(t Table, piece []byte) (row []any, err error) {
	for _, column := range t.Columns {
		var cell any
		if cell, piece, err = readCell(column.Kind, piece); err != nil {
			return nil, fmt.Errorf("%w: %s.%s", err, t.Name, column.Name)
		}
		row = append(row, cell)
	}
	if len(piece) > 0 {
		return nil, fmt.Errorf("%w: a row of %s is too long", ErrArchive, t.Name)
	}
	return row, nil
}

func readCell(k Kind, piece []byte) (cell any, rest []byte, err error) {
	if len(piece) == 0 {
		return nil, nil, ErrArchive
	}
	if piece[0] == 0 {
		return nil, piece[1:], nil
	}
	piece = piece[1:]
	if k == Truth && len(piece) > 0 {
		return piece[0] == 1, piece[1:], nil
	}
	if k == Number {
		v, n := binary.Varint(piece)
		if n <= 0 {
			return nil, nil, ErrArchive
		}
		return v, piece[n:], nil
	}
	length, n := binary.Uvarint(piece)
	if n <= 0 || length > uint64(len(piece)-n) {
		return nil, nil, ErrArchive
	}
	value := piece[n : n+int(length)]
	rest = piece[n+int(length):]
	if k == Text {
		return string(value), rest, nil
	}
	return append([]byte{}, value...), rest, nil
}
