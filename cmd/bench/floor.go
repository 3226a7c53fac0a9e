package main

import (
	"fmt"
	"io"
	"net"
	"net/http"

	"github.com/labstack/echo/v4"
)

// serveFloor is the bare handler: echo, and the bytes it is told to answer.
// A client posts the page once to /page; every other request gets it.
func serveFloor(address string) error {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	page := []byte("-")
	e := echo.New()
	e.POST("/page", func(c echo.Context) error {
		page, err = io.ReadAll(c.Request().Body)
		return err
	})
	e.Any("/*", func(c echo.Context) error { return c.HTMLBlob(http.StatusOK, page) })
	fmt.Println("http://" + l.Addr().String())
	return http.Serve(l, e)
}
