package accounts

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"pulih/audit"
	"pulih/db"
)

// admin proposes things of an agency.
func admin(agency string) Officer {
	return Officer{Staff: Staff{ID: "admin of " + agency, Name: "Adi", Agency: agency, Roles: []Role{Admin}}, Browser: "b",
		Actor: audit.Actor{Kind: audit.Console}}
}

func (w *world) proposes(o Officer, p Proposal) error {
	w.t.Helper()
	return w.d.Write(w.ctx, func(tx *db.Tx) error {
		_, err := w.Propose(w.ctx, tx, o, p)
		return err
	})
}

// Two browsers press the same button: one proposal waits. What nobody
// confirmed in time does not stand in the way of the next (law 4).
func TestTheSameIsProposedOnce_law4(t *testing.T) {
	eachWorld(t, func(w *world) {
		var group sync.WaitGroup
		refused := make(chan error, 8)
		for range cap(refused) {
			group.Go(func() { refused <- w.proposes(admin("A"), Proposal{Kind: "setting.x", Value: "1"}) })
		}
		group.Wait()
		close(refused)
		made := 0
		for err := range refused {
			if err == nil {
				made++
			} else if !errors.Is(err, ErrProposalTwice) {
				t.Error(err)
			}
		}
		if made != 1 {
			t.Errorf("%d wait", made)
		}
		if err := w.proposes(admin("B"), Proposal{Kind: "setting.x", Value: "1"}); err != nil {
			t.Error("another agency: ", err)
		}
		w.clock.Advance(ProposalLife)
		if err := w.proposes(admin("A"), Proposal{Kind: "setting.x", Value: "2"}); err != nil {
			t.Error("after 72 hours: ", err)
		}
	})
}

// Whoever hides his browser could confirm there what he proposed.
func TestNobodyProposesFromAnUnknownBrowser_impostor17(t *testing.T) {
	w, o := oneWorld(t), admin("A")
	o.Browser = ""
	if err := w.proposes(o, Proposal{Kind: "setting.x", Value: "1"}); !errors.Is(err, ErrProposalOwn) {
		t.Error(err)
	}
}

// Whoever proposes a hundred things hides none that waits.
func TestAllThatWaitIsListed(t *testing.T) {
	w := oneWorld(t)
	for i := range 130 {
		if err := w.proposes(admin("A"), Proposal{Kind: AddingStaff, Value: "{}", Same: fmt.Sprint(i)}); err != nil {
			t.Fatal(err)
		}
	}
	list := func() int {
		all, err := w.Proposals(context.Background(), admin("A"))
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	if n := list(); n != 130 {
		t.Errorf("%d of 130 that wait", n)
	}
	w.clock.Advance(ProposalLife)
	if n := list(); n != 100 {
		t.Errorf("%d of those that do not", n)
	}
	w.clock.Advance(90 * 24 * time.Hour)
	if err := audit.Purge(w.ctx, w.d, Rules(), somebody); err != nil || list() != 0 {
		t.Errorf("after a quarter: %d, %v", list(), err)
	}
}

// A member who has left one agency is entered at another by the console only
// (ST-04, impostor 17).
func TestNobodyTakesAnotherAgencysMember_ST04(t *testing.T) {
	w := oneWorld(t)
	theirs := NewStaff{NIP: "197001012000011001", Name: "Rina", Email: "rina@b.test", Agency: "B", Roles: []Role{Agent}}
	if _, err := w.AddStaff(w.ctx, theirs, admin("B").Actor); err != nil {
		t.Fatal(err)
	}
	w.exec(`UPDATE staff SET disabled_at = 1`)
	ours := theirs
	ours.Agency = ""
	if _, err := w.ProposeStaff(w.ctx, admin("A"), ours); !errors.Is(err, ErrStaffExists) {
		t.Errorf("proposed: %v", err)
	}
	if _, err := w.ProposeStaff(w.ctx, admin("B"), ours); err != nil {
		t.Errorf("their own agency: %v", err)
	}
	ours.Agency = "A"
	if _, err := w.AddStaff(w.ctx, ours, admin("A").Actor); err != nil {
		t.Errorf("the console: %v", err)
	}
}
