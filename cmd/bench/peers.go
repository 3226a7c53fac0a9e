package main

import (
	"context"
	"fmt"
	"net/http"
)

// peersOf sends the load of the start page to the pages of other programs,
// beside Pulih's own rate for its start page.
func (b *bench) peersOf(ctx context.Context, h *house) error {
	for _, p := range b.peers {
		theirs := &target{address: p.page.Host, status: http.StatusOK, again: true,
			calls: []call{visit{method: "GET", path: p.page.RequestURI(), cookie: p.cookie}.to(p.page.Host)}}
		for _, clients := range b.Clients {
			ours, _, err := h.sides(ctx, rows[0])
			if err != nil {
				return err
			}
			peer := &side{house: h, prepare: func(context.Context, int) (*target, error) { return theirs, nil }}
			if err := b.interleave(ctx, clients, ours, peer); err != nil {
				return fmt.Errorf("%s: %w", p.name, err)
			}
			b.report.peer(p.name, clients, ours, peer)
		}
	}
	return nil
}
