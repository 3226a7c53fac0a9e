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

	"pulih/db"
	"pulih/tickets/upload"
)

// enterUpload lets an upload of one draft or receipt in before a byte of it is
// read. leave ends it.
func (a *App) enterUpload(c echo.Context, one string) (t *turn, leave func(), err error) {
	line := http.NewResponseController(c.Response())
	t = &turn{network: limitNetwork(c), one: one, cut: func() { _ = line.SetReadDeadline(time.Unix(1, 0)) }}
	if !a.uploads.begin(one, uploadsOfOne) {
		return nil, nil, &TooMany{Wait: uploadGrace}
	}
	leave = func() { a.room.leave(t); a.uploads.end(one) }
	if !a.room.enter(t) {
		leave()
		return nil, nil, upload.ErrBusy
	}
	return t, leave, nil
}

// charged reads an upload against the quotas, which pay first (UP-05). What
// never came is given back: a broken line costs what it brought.
func (a *App) charged(c echo.Context, t *turn) (url.Values, []upload.Raw, error) {
	r, paid := c.Request(), a.DB.Now()
	size := uploadSize(r)
	if err := a.pay(r.Context(), size, t); err != nil {
		return nil, nil, err
	}
	body := &counted{ReadCloser: r.Body, room: &a.room, turn: t, held: uploadFirst}
	r.Body = body
	posted, files, err := patiently(c, body)
	switch {
	case err != nil && !a.room.has(t):
		err = upload.ErrBusy
	case err != nil:
		err = fmt.Errorf("%w: %w", ErrForm, err)
	}
	unread := size - 1 - int(body.n.Load()>>10)
	if fault := a.payBack(context.WithoutCancel(r.Context()), unread, paid, t); fault != nil {
		return nil, nil, fault
	}
	return posted, files, err
}

// uploadSize is what a body costs, in KiB, as it announces itself; the most
// where it does not.
func uploadSize(r *http.Request) int {
	if r.ContentLength < 0 {
		return maxUploadKiB
	}
	return 1 + int(r.ContentLength>>10)
}

// pay takes kib from both quotas, or from neither.
func (a *App) pay(ctx context.Context, kib int, t *turn) error {
	wait, err := a.Limits.TakeMany(ctx, LimitUploadOne, kib, t.one)
	if err == nil && wait == 0 {
		wait, err = a.Limits.TakeMany(ctx, LimitUpload, kib, t.network)
		if err == nil && wait > 0 {
			err = a.Limits.GiveBack(ctx, LimitUploadOne, kib, t.one)
		}
	}
	if err == nil && wait > 0 {
		err = &TooMany{Wait: wait}
	}
	return err
}

// payBack returns what was paid for nothing, without what the quotas have
// forgiven meanwhile by themselves: that was nobody's debt any more.
func (a *App) payBack(ctx context.Context, kib int, paid db.Time, t *turn) error {
	since := a.DB.Now().Sub(paid)
	return errors.Join(
		a.Limits.GiveBack(ctx, LimitUploadOne, kib-int(since/LimitUploadOne.Every), t.one),
		a.Limits.GiveBack(ctx, LimitUpload, kib-int(since/LimitUpload.Every), t.network))
}

// counted knows how much of a body came, and takes room for it.
type counted struct {
	io.ReadCloser
	room *room
	turn *turn
	n    atomic.Int64
	held int // KiB
}

// Read ends with upload.ErrBusy where there is no room for more.
func (b *counted) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	for b.n.Add(int64(n)); b.n.Load() > int64(b.held)<<10; b.held += uploadFirst {
		if !b.room.grow(b.turn, uploadFirst) {
			return 0, upload.ErrBusy
		}
	}
	return n, err
}

// patiently reads the form of a slow line: the server's own deadlines are
// lifted, and a least speed takes their place.
func patiently(c echo.Context, body *counted) (url.Values, []upload.Raw, error) {
	line := http.NewResponseController(c.Response())
	if err := errors.Join(line.SetReadDeadline(time.Time{}), line.SetWriteDeadline(time.Time{})); err != nil {
		return nil, nil, err
	}
	defer body.hurry(body.turn.cut)()
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
