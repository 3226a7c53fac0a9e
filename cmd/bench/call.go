package main

import (
	"fmt"
	"net/url"
	"strings"
	"sync/atomic"
)

// call is a request as it goes over the wire.
type call []byte

// visit is what a browser would send. Each sits in a network of its own: the
// limits hold for each and are part of what is measured.
type visit struct {
	method, path, cookie string
	form                 url.Values
}

var visits atomic.Int64

func (v visit) to(host string) call {
	n := visits.Add(1)
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: bench\r\nAccept: text/html\r\nX-Forwarded-For: %s\r\n", v.method, v.path, host, network(n))
	if v.cookie != "" {
		fmt.Fprintf(&b, "Cookie: %s\r\n", v.cookie)
	}
	if v.method == "POST" {
		body := v.form.Encode()
		fmt.Fprintf(&b, "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
		return call(b.String())
	}
	b.WriteString("\r\n")
	return call(b.String())
}

// network is one of four billion, as the limits count them (/64).
func network(n int64) string { return fmt.Sprintf("2001:db8:%x:%x::1", n>>16&0xffff, n&0xffff) }
