// Package upload makes what a stranger sends harmless: a picture is measured
// before it is decoded, decoded, and written anew, so that nothing of the
// bytes that came is kept (UP-01, UP-02).
package upload

import (
	"context"
	"time"
)

// Kind is what a file is, by its content.
type Kind string

// The kinds that are taken. HEIC is not: phones make a JPEG of it when a page
// does not ask for it.
const (
	JPEG Kind = "image/jpeg"
	PNG  Kind = "image/png"
	WebP Kind = "image/webp"
	PDF  Kind = "application/pdf"
)

// The caps of a file (design.md, "uploads").
const (
	MaxBytes  = 5 << 20
	MaxPixels = 25_000_000
	MaxFiles  = 3 // at a time

	// maxMemory is what decoding may take, in bytes: 25 MP of four bytes fit
	// twice, and a progressive JPEG takes many times its picture.
	maxMemory = 200 << 20
	// longest is the longer side of a kept picture, in pixels: a page of A4 at
	// 200 dots an inch can be read.
	longest = 2400
)

// Raw is a file as it came. Nothing of it is believed.
type Raw struct {
	Name, Type string // as the browser says
	Bytes      []byte
}

// File is what is kept: a JPEG that we wrote, or a PDF that passed.
type File struct {
	Kind  Kind
	Bytes []byte
}

// Workshop works on few pictures at once and lets others wait: each may take
// 200 MB while it is decoded.
type Workshop struct {
	slots chan struct{} // for strangers
	desk  chan struct{} // for staff, whom no stranger keeps waiting
	wait  time.Duration
}

// New works on parallel pictures of strangers at once, and on as many for
// staff; ErrBusy for who has waited for wait.
func New(parallel int, wait time.Duration) *Workshop {
	return &Workshop{slots: make(chan struct{}, parallel), desk: make(chan struct{}, parallel), wait: wait}
}

// Clean checks a file and makes of it what is kept. A *Refusal says why it is
// not taken.
func (w *Workshop) Clean(ctx context.Context, raw Raw) (File, error) {
	kind, err := check(raw)
	if err != nil {
		return File{}, err
	}
	if kind == PDF {
		return File{PDF, raw.Bytes}, w.within(ctx, w.slots, func() error { return passive(raw.Bytes) })
	}
	facts, err := measure(kind, raw.Bytes)
	if err != nil {
		return File{}, err
	}
	var made []byte
	err = w.within(ctx, w.slots, func() error {
		made, err = rewrite(raw.Bytes, facts)
		return err
	})
	return File{JPEG, made}, err
}

// Mark draws text over a kept picture, for whoever looks at it (UP-04).
func (w *Workshop) Mark(ctx context.Context, picture []byte, text string) (marked []byte, err error) {
	err = w.within(ctx, w.desk, func() error {
		marked, err = mark(picture, text)
		return err
	})
	return marked, err
}

func (w *Workshop) within(ctx context.Context, slots chan struct{}, work func() error) error {
	patience := time.NewTimer(w.wait)
	defer patience.Stop()
	select {
	case slots <- struct{}{}:
		defer func() { <-slots }()
		return work()
	case <-patience.C:
		return ErrBusy
	case <-ctx.Done():
		return ctx.Err()
	}
}
