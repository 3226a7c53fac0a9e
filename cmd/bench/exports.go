package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"pulih/cmd/rig"
	"pulih/otp"
)

const exportOfYear = "/petugas/laporan/ekspor?angka=masuk&"

// exports measures the CSV of a year in a process that has only shown the
// page which asks for it: its first byte, and how much more memory it takes. A
// code is spent by its step, so that three files can be asked for at once.
func (c *counter) exports(ctx context.Context) error {
	if err := c.again(ctx, nothing); err != nil {
		return err
	}
	asked, err := c.Get(exportOfYear + year)
	if err := asked.Must(http.StatusOK, err); err != nil {
		return err
	}
	before := c.pulih.Memory("VmRSS")
	if err := c.pulih.ForgetPeak(); err != nil {
		return err
	}
	var first, whole []time.Duration
	rows := 0
	for _, step := range []int64{-1, 0, 1} {
		f, err := c.file(otp.Code(authenticator, otp.Step(time.Now())+step))
		if err != nil {
			return err
		}
		first, whole, rows = append(first, f.first), append(whole, f.whole), f.rows
	}
	reported{name: "csv of a year, first byte", limit: 200}.print(c.out, first)
	reported{name: "csv of a year, last byte"}.print(c.out, whole)
	fmt.Fprintf(c.out, "%d rows; memory of the process %.1f MiB before, %.1f MiB at most: %.1f more, %s MiB\n", rows, before, c.pulih.Peak(), c.pulih.Peak()-before, verdict(c.pulih.Peak()-before, 64))
	return nil
}

// file is an export as it came in.
type file struct {
	first, whole time.Duration
	rows         int
}

func (c *counter) file(code string) (f file, err error) {
	form := url.Values{"bentuk": {"csv"}, "otp": {code}}
	r, err := c.Request(http.MethodPost, exportOfYear+year, strings.NewReader(form.Encode()))
	if err != nil {
		return f, err
	}
	begun := time.Now()
	got, err := rig.Client.Do(r)
	if err != nil {
		return f, err
	}
	defer got.Body.Close() //nolint:errcheck // only read
	if kind := got.Header.Get("Content-Type"); got.StatusCode != http.StatusOK || !strings.HasPrefix(kind, "text/csv") {
		return f, fmt.Errorf("the export answered %d, %s", got.StatusCode, kind)
	}
	piece := make([]byte, 64<<10)
	for err == nil {
		var n int
		n, err = got.Body.Read(piece)
		if f.first == 0 && n > 0 {
			f.first = time.Since(begun)
		}
		f.rows += bytes.Count(piece[:n], []byte("\n"))
	}
	f.whole = time.Since(begun)
	if err == io.EOF {
		err = nil
	}
	return f, err
}
