package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"sync/atomic"
	"time"

	"github.com/labstack/echo/v4"

	"pulih/tickets/upload"
)

// enterUpload counts an upload of one draft or receipt before a byte of it is
// read: nobody closes the way for the others (impostor 12). leave ends it.
func (a *App) enterUpload(c echo.Context, one string) (leave func(), err error) {
	network, size := "network|"+limitNetwork(c), uploadSize(c.Request())
	switch {
	case !a.uploads.take("one|"+one, 1, uploadsOfOne):
		return nil, &TooMany{Wait: uploadGrace}
	case !a.uploads.take(network, 1, uploadsOfNetwork):
		a.uploads.give("one|"+one, 1)
		return nil, &TooMany{Wait: uploadGrace}
	case !a.uploads.take("room", size, uploadRoom):
		a.uploads.give("one|"+one, 1)
		a.uploads.give(network, 1)
		return nil, upload.ErrBusy
	}
	return func() {
		a.uploads.give("one|"+one, 1)
		a.uploads.give(network, 1)
		a.uploads.give("room", size)
	}, nil
}

// uploadSize is what a body takes, in KiB, as it announces itself; the most
// where it does not.
func uploadSize(r *http.Request) int {
	if r.ContentLength < 0 {
		return maxUploadKiB
	}
	return 1 + int(r.ContentLength>>10)
}

// charged reads an upload against the quota of its network, which pays first
// (UP-05). What never came is given back: a broken line costs what it brought.
func (a *App) charged(c echo.Context) (url.Values, []upload.Raw, error) {
	r, network := c.Request(), limitNetwork(c)
	size := uploadSize(r)
	wait, err := a.Limits.TakeMany(r.Context(), LimitUpload, size, network)
	if err != nil || wait > 0 {
		return nil, nil, errors.Join(err, &TooMany{Wait: wait})
	}
	body := &counted{ReadCloser: r.Body}
	r.Body = body
	posted, files, err := patiently(c, body)
	if err != nil {
		err = fmt.Errorf("%w: %w", ErrForm, err)
	}
	unread := size - 1 - int(body.n.Load()>>10)
	return posted, files, errors.Join(err, a.Limits.GiveBack(context.WithoutCancel(r.Context()), LimitUpload, unread, network))
}

// counted knows how much of a body came.
type counted struct {
	io.ReadCloser
	n atomic.Int64
}

func (b *counted) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.n.Add(int64(n))
	return n, err
}

// patiently reads the form of a slow line: the server's own deadlines are
// lifted, and a least speed takes their place.
func patiently(c echo.Context, body *counted) (url.Values, []upload.Raw, error) {
	line := http.NewResponseController(c.Response())
	if err := errors.Join(line.SetReadDeadline(time.Time{}), line.SetWriteDeadline(time.Time{})); err != nil {
		return nil, nil, err
	}
	defer body.hurry(func() { _ = line.SetReadDeadline(time.Unix(1, 0)) })()
	r, err := c.Request().MultipartReader()
	if err != nil {
		return nil, nil, err
	}
	return readParts(r)
}

// hurry cuts a body off that comes too slowly, until it is stopped.
func (b *counted) hurry(cut func()) (stop func()) {
	look, done := time.NewTicker(uploadLook), make(chan struct{})
	go func() {
		defer look.Stop()
		for after := uploadLook; ; after += uploadLook {
			select {
			case <-done:
				return
			case <-look.C:
			}
			if tooSlow(after, b.n.Load()) {
				cut()
				return
			}
		}
	}()
	return func() { close(done) }
}

// tooSlow judges a body of which n bytes have come.
func tooSlow(after time.Duration, n int64) bool {
	return after > uploadPatience || n < int64((after-uploadGrace).Seconds()*leastSpeed)
}
