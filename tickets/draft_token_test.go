package tickets_test

import (
	"errors"
	"testing"
	"time"

	"pulih/db"
	"pulih/secret"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

// fileDraft files what a draft has gathered.
func fileDraft(w *ticketstest.World, token secret.Token) error {
	f := tickets.Filing{NIP: budi, Name: "Budi", Problem: "Hilang", Kind: tickets.MFA, Channel: tickets.Remote, Draft: token}
	_, err := w.Desk.Open(w.Context(), f, ticketstest.Stranger)
	return err
}

// A token that was noted at the victim's computer sees nothing that comes
// after it, changes nothing and sends nothing.
func TestACopiedTokenIsDeadAfterEachStep_impostor25(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		empty := saved(w, "", "sebab", "rusak")
		named := saved(w, empty, "nip", string(budi), "nama", "Budi Rahasia")
		past := gated(w, named)
		sent := attached(w, past)
		later := attached(w, sent)
		if f := draftOf(w, empty); !f.None() {
			w.Errorf("begun for the next person, and reads %+v", f)
		}
		for name, token := range map[string]secret.Token{"before the gate": named, "at the gate": past, "before the last file": sent} {
			if f := draftOf(w, token); f.Answers != nil || f.Files != nil || f.Gated {
				w.Errorf("%s: reads %+v", name, f)
			}
			if err := attach(w, token, "ktp"); !errors.Is(err, tickets.ErrNoDraft) {
				w.Errorf("%s: adds a file: %v", name, err)
			}
			if err := fileDraft(w, token); !errors.Is(err, tickets.ErrNoDraft) {
				w.Errorf("%s: sends it: %v", name, err)
			}
			if err := w.Desk.DetachFromDraft(w.Context(), token, draftOf(w, later).Files[0].ID, ticketstest.Stranger); !errors.Is(err, tickets.ErrNoDraft) {
				w.Errorf("%s: takes a file back: %v", name, err)
			}
			saved(w, token, "hp", "089999999999")
			if err := w.Desk.ForgetDraft(w.Context(), token, ticketstest.Stranger); err != nil {
				w.Errorf("%s: %v", name, err)
			}
		}
		if f := draftOf(w, later); f.Answers["hp"] != "" || len(f.Files) != 2 || !f.Gated {
			w.Errorf("his own: %+v", f)
		}
		if err := fileDraft(w, later); err != nil {
			w.Error(err)
		}
	})
}

// The answer that carries the new token is lost on the way: the form is not.
func TestALostAnswerCostsTheNumberAndNotTheForm(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		begun := saved(w, "", "sebab", "rusak")
		saved(w, begun, "nip", string(budi), "nama", "Budi Rahasia")
		again := saved(w, begun, "nip", string(budi), "nama", "Budi Rahasia")
		if f := draftOf(w, again); f.Answers["sebab"] != "rusak" || f.Answers["nama"] != "Budi Rahasia" {
			w.Errorf("sent again: %+v", f)
		}
		for name, lost := range map[string]func() secret.Token{ // returns what the browser still has
			"the gate": func() secret.Token {
				t := saved(w, begun, "nip", string(budi), "nama", "Budi Rahasia")
				gated(w, t)
				return t
			},
			"a file": func() secret.Token {
				t := gated(w, saved(w, begun, "nip", string(budi), "nama", "Budi Rahasia"))
				attached(w, t)
				return t
			},
			"a pause": func() secret.Token { t := drafted(w); w.Clock.Advance(31 * time.Minute); resumed(w, t, budi); return t },
		} {
			held := lost()
			if f := draftOf(w, held); !f.Locked || resumed(w, held, "198609262015051999") != "" {
				w.Errorf("%s: opens without the number: %+v", name, f)
			}
			f := draftOf(w, resumed(w, held, budi))
			if f.Answers["nama"] != "Budi Rahasia" || f.Gated || len(f.Files) != 0 {
				w.Errorf("%s: afterwards %+v", name, f)
			}
			begun = saved(w, "", "sebab", "rusak")
		}
	})
}

// As soon as the new token is used, the one before it opens nothing at all.
func TestTheNewTokenEndsTheOneBefore_impostor9(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		named := saved(w, "", "nip", string(budi), "nama", "Budi Rahasia")
		past := gated(w, named)
		saved(w, past, "hp", "081234567890")
		if resumed(w, named, budi) != "" || !draftOf(w, named).None() {
			w.Error("it opens the draft that goes on without it")
		}
		if f := draftOf(w, past); !f.Gated || f.Answers["hp"] == "" {
			w.Errorf("%+v", f)
		}
	})
}

// Five wrong numbers with a dead token do not cost the owner his draft.
func TestADeadTokenCannotEndTheDraft_impostor12(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		named := saved(w, "", "nip", string(budi))
		past := gated(w, named)
		for range 6 {
			resumed(w, named, "198609262015051999")
		}
		if f := draftOf(w, past); !f.Gated || resumed(w, named, budi) != "" {
			w.Errorf("%+v", f)
		}
	})
}

func TestNothingIsCopiedToAnotherNumber_impostor25(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		token := attached(w, gated(w, saved(w, "", "nip", string(budi), "hp", "081234567890")))
		wrong := saved(w, token, "nip", "19860926201505", "nama", "Budi")
		if f := draftOf(w, wrong); wrong != token || f.Answers["hp"] == "" || len(f.Files) != 1 {
			w.Errorf("a slip of the finger: %+v", f)
		}
		other := saved(w, token, "nip", "198609262015051002", "nama", "Ani")
		if f := draftOf(w, other); other == token || len(f.Answers) != 2 || f.Gated || len(f.Files) != 0 {
			w.Errorf("another number: %+v", f)
		}
		if !draftOf(w, token).None() || scan[int](w, `SELECT count(*) FROM attachment_contents`) != 0 {
			w.Error("the first one's draft or file is kept")
		}
	})
}

// Whoever keeps saving keeps nothing open for ever.
func TestSavingKeepsADraftOpenForTwoHours_impostor25(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		token := drafted(w)
		for range 5 {
			w.Clock.Advance(20 * time.Minute)
			saved(w, token, "unit", "Disdik")
		}
		w.Clock.Advance(20 * time.Minute)
		if f := draftOf(w, token); !f.Locked {
			w.Errorf("after two hours: %+v", f)
		}
		if err := purge(w); err != nil || scan[int](w, `SELECT count(*) FROM attachments`) != 0 {
			w.Error("its files lie about: ", err)
		}
		if f := draftOf(w, resumed(w, token, budi)); f.Answers["unit"] != "Disdik" {
			w.Errorf("with the number: %+v", f)
		}
	})
}

// One sends while another tab adds and takes back files: none is left that
// belongs to nothing (UP-07).
func TestNoFileIsOrphanedBetweenTabs_UP07(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		for range 12 {
			token := drafted(w)
			file := draftOf(w, token).Files[0].ID
			at(w, 4, func(i int) error {
				switch i {
				case 0:
					return fileDraft(w, token)
				case 1:
					return w.Desk.DetachFromDraft(w.Context(), token, file, ticketstest.Stranger)
				case 2:
					return purge(w)
				}
				return attach(w, token, "sk_pns")
			}, tickets.ErrNoDraft, tickets.ErrChanged, tickets.ErrNoFile)
		}
		orphans := scan[int](w, `SELECT count(*) FROM attachments WHERE draft <> '' AND draft NOT IN (SELECT id FROM drafts)`)
		torn := scan[int](w, `SELECT count(*) FROM attachments WHERE id NOT IN (SELECT attachment FROM attachment_contents)`)
		if orphans+torn != 0 {
			w.Errorf("%d belong to nothing, %d have no content", orphans, torn)
		}
		exec(w, `DELETE FROM drafts`) // what a fault leaves behind goes too
		if err := purge(w); err != nil || scan[int](w, `SELECT count(*) FROM attachments WHERE draft <> ''`) != 0 {
			w.Error(err)
		}
	})
}

// A file of another tab is on its way while the request is sent: on
// PostgreSQL, where two may write, the sending waits for it and takes it
// along.
func TestAFileOnItsWayIsNotOrphaned_UP07(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		token, sent := drafted(w), make(chan error, 1)
		w.Write(func(ctx contextType, tx *db.Tx) error {
			_, err := tx.Exec(ctx, `UPDATE drafts SET saved_at = saved_at`)
			if err == nil {
				_, err = tx.Exec(ctx, `INSERT INTO attachments (id, ticket, draft, kind, type, size, key, added_at, ended_at, why)
					SELECT 'late', ticket, draft, kind, type, size, key, added_at, ended_at, why FROM attachments`)
			}
			go func() { sent <- fileDraft(w, token) }()
			for waiting := 0; err == nil && waiting+len(sent) == 0 && w.DB.Engine == db.Postgres; {
				err = tx.Row(ctx, `SELECT count(*) FROM pg_locks WHERE NOT granted AND transactionid = pg_current_xact_id()::xid`).Scan(&waiting)
			}
			return err
		})
		if err := <-sent; err != nil || scan[int](w, `SELECT count(*) FROM attachments WHERE ticket <> ''`) != 2 {
			w.Error("a file stays behind: ", err)
		}
	})
}
