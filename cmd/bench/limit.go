package main

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"runtime"
	"strconv"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"
	"golang.org/x/crypto/argon2"
)

// bare is the program that does only the unavoidable: echo, a templ page of
// the size it is asked for, and one read, one durable insert or one Argon2id.
type bare struct {
	Database string `help:"Whose tickets it reads."`
	Own      string `help:"The file that it writes, on SQLite; on PostgreSQL a schema of the same database."`

	store store
	slots chan struct{}
}

// Run serves until it is ended, and prints its address first.
func (b *bare) Run(ctx context.Context) (err error) {
	if b.store, err = openStore(ctx, b.Database, b.Own); err != nil {
		return err
	}
	b.slots = make(chan struct{}, runtime.GOMAXPROCS(0))
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	e := echo.New()
	e.GET("/page", func(c echo.Context) error { return answer(c, nil) })
	e.GET("/queue", func(c echo.Context) error { return b.read(c, b.store.queue, agency) })
	e.GET("/ticket", func(c echo.Context) error { return b.read(c, b.store.ticket, c.QueryParam("number")) })
	e.POST("/write", b.write)
	e.POST("/hash", b.hash)
	fmt.Println("http://" + l.Addr().String())
	return http.Serve(l, e)
}

func (b *bare) read(c echo.Context, query query, key string) error {
	found, err := query(c.Request().Context(), key)
	if err != nil {
		return err
	}
	return answer(c, found)
}

func (b *bare) write(c echo.Context) error {
	if err := b.store.insert(c.Request().Context(), c.FormValue("nip")); err != nil {
		return err
	}
	return answer(c, nil)
}

// hash costs what a password costs (accounts.Hasher), as many at once.
func (b *bare) hash(c echo.Context) error {
	b.slots <- struct{}{}
	argon2.IDKey([]byte(c.FormValue("sandi")), make([]byte, 16), 2, 19*1024, 1, 32)
	<-b.slots
	return answer(c, nil)
}

// answer writes as many bytes as the address asks for, with its status. What
// was found counts among them.
func answer(c echo.Context, found [][]string) error {
	size, _ := strconv.Atoi(c.QueryParam("size"))
	status, _ := strconv.Atoi(c.QueryParam("status"))
	if size == 0 {
		c.Response().Header().Set("Location", "/page")
		return c.NoContent(status)
	}
	page, err := bareBytes(c.Request().Context(), found, size)
	if err != nil {
		return err
	}
	return c.HTMLBlob(status, page)
}

// barePlain is how long a page is without lines, and one line of it.
const (
	barePlain = len(`<!doctype html><html lang="id"><head><title>Batas</title></head><body><table></table></body></html>`)
	bareLine  = len("<p></p>" + lineText)
	lineText  = "Satu baris dari halaman sebesar itu: tidak lebih, tidak kurang."
)

func bareBytes(ctx context.Context, found [][]string, size int) ([]byte, error) {
	taken := 0
	for _, row := range found {
		taken += len("<tr></tr>")
		for _, cell := range row {
			taken += len(cell) + len("<td></td>")
		}
	}
	var b bytes.Buffer
	b.Grow(size + 4096)
	var page templ.Component = barePage(found, max(0, (size-barePlain-taken)/bareLine))
	err := page.Render(ctx, &b)
	return b.Bytes(), err
}
