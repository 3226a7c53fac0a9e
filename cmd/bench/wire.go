package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
)

// wire is one client's connection. It costs a tenth of net/http's client, and
// what the client costs is taken from both sides of a ratio.
type wire struct {
	net.Conn
	in *bufio.Reader
}

func dial(address string) (*wire, error) {
	c, err := net.Dial("tcp", address)
	if err != nil {
		return nil, err
	}
	return &wire{c, bufio.NewReaderSize(c, 64<<10)}, nil
}

// ask sends a request as it is, and reads the answer to its last byte.
func (w *wire) ask(request []byte) (status, size int, err error) {
	if _, err := w.Write(request); err != nil {
		return 0, 0, err
	}
	status, err = w.status()
	if err != nil {
		return 0, 0, err
	}
	length, chunked, err := w.headers()
	switch {
	case err != nil:
	case chunked:
		length, err = w.chunks()
	default:
		_, err = w.in.Discard(length)
	}
	return status, length, err
}

func (w *wire) line() ([]byte, error) {
	line, err := w.in.ReadSlice('\n')
	return bytes.TrimRight(line, "\r\n"), err
}

func (w *wire) status() (int, error) {
	line, err := w.line()
	if err != nil {
		return 0, err
	}
	if len(line) < 12 || !bytes.HasPrefix(line, []byte("HTTP/1.")) {
		return 0, fmt.Errorf("no answer of HTTP: %q", line)
	}
	return strconv.Atoi(string(line[9:12]))
}

var contentLength, transferEncoding, connection = []byte("Content-Length"), []byte("Transfer-Encoding"), []byte("Connection")

// headers says how the body comes. A server that closes after each answer is
// none that this client can load.
func (w *wire) headers() (length int, chunked bool, err error) {
	for {
		line, err := w.line()
		if err != nil || len(line) == 0 {
			return length, chunked, err
		}
		name, value, _ := bytes.Cut(line, []byte(":"))
		value = bytes.TrimSpace(value)
		switch {
		case bytes.EqualFold(name, contentLength):
			if length, err = strconv.Atoi(string(value)); err != nil {
				return 0, false, err
			}
		case bytes.EqualFold(name, transferEncoding):
			chunked = true
		case bytes.EqualFold(name, connection) && bytes.EqualFold(value, []byte("close")):
			return 0, false, errors.New("the server keeps no connection")
		}
	}
}

func (w *wire) chunks() (all int, err error) {
	for {
		line, err := w.line()
		if err != nil {
			return all, err
		}
		n, err := strconv.ParseUint(string(line), 16, 31)
		if err != nil {
			return all, err
		}
		if _, err := io.CopyN(io.Discard, w.in, int64(n)+2); err != nil { // and its line's end
			return all, err
		}
		if n == 0 {
			return all, nil
		}
		all += int(n)
	}
}
