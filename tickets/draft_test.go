package tickets_test

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"pulih/audit"
	"pulih/secret"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
	"pulih/tickets/upload"
)

// drafted is a draft that passed the gate, with a file.
func drafted(w *ticketstest.World) secret.Token {
	w.Helper()
	return attached(w, gated(w, saved(w, "", "nip", string(budi), "nama", "Budi Rahasia")))
}

// saved is the token after somebody typed answers.
func saved(w *ticketstest.World, token secret.Token, pairs ...string) secret.Token {
	w.Helper()
	answers := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		answers[pairs[i]] = pairs[i+1]
	}
	next, err := w.Desk.SaveDraft(w.Context(), token, answers, ticketstest.Stranger)
	if err != nil {
		w.Fatal(err)
	}
	return next
}

func gated(w *ticketstest.World, token secret.Token) secret.Token {
	w.Helper()
	next, err := w.Desk.GateDraft(w.Context(), token)
	if err != nil {
		w.Fatal(err)
	}
	return next
}

func attached(w *ticketstest.World, token secret.Token) secret.Token {
	w.Helper()
	next, err := w.Desk.AttachToDraft(w.Context(), token, photos("ktp"), ticketstest.Stranger)
	if err != nil {
		w.Fatal(err)
	}
	return next
}

// attach is a try.
func attach(w *ticketstest.World, token secret.Token, kinds ...tickets.AttachmentKind) error {
	_, err := w.Desk.AttachToDraft(w.Context(), token, photos(kinds...), ticketstest.Stranger)
	return err
}

func resumed(w *ticketstest.World, token secret.Token, nip secret.NIP) secret.Token {
	w.Helper()
	next, err := w.Desk.ResumeDraft(w.Context(), token, nip, ticketstest.Stranger)
	if err != nil {
		w.Fatal(err)
	}
	return next
}

func photos(kinds ...tickets.AttachmentKind) (files []tickets.NewAttachment) {
	for _, k := range kinds {
		files = append(files, tickets.NewAttachment{Kind: k, File: upload.File{Kind: upload.JPEG, Bytes: ticketstest.Photo()}})
	}
	return files
}

func draftOf(w *ticketstest.World, token secret.Token) tickets.Draft {
	w.Helper()
	f, err := w.Desk.DraftOf(w.Context(), token)
	if err != nil {
		w.Fatal(err)
	}
	return f
}

func TestADraftKeepsWhatWasTypedForADay(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		token := drafted(w)
		for range 23 { // somebody comes back every hour
			w.Clock.Advance(time.Hour)
			if token = resumed(w, token, budi); saved(w, token, "unit", "Disdik") != token {
				w.Fatal("a save replaced the token")
			}
		}
		if f := draftOf(w, token); f.Answers["nama"] != "Budi Rahasia" || f.Answers["unit"] != "Disdik" {
			w.Errorf("%+v", f)
		}
		w.Clock.Advance(2 * time.Hour)
		if !draftOf(w, token).None() {
			w.Error("a draft of yesterday is open")
		}
		for _, other := range []secret.Token{"", "x", secret.NewToken()} {
			if !draftOf(w, other).None() {
				w.Errorf("%q opens a draft", other)
			}
		}
	})
}

func TestADraftCannotBeReadInTheDatabase(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		token := drafted(w)
		sealed := scan[[]byte](w, `SELECT answers FROM drafts`)
		if bytes.Contains(sealed, []byte("Rahasia")) || bytes.Contains(sealed, []byte(budi)) || bytes.Equal(scan[[]byte](w, `SELECT token_hash FROM drafts`), []byte(token)) {
			w.Error("what was typed, or the token, is stored as it is")
		}
	})
}

// The next person at the same computer: nothing is filled in, and the files
// have gone.
func TestAnIdleDraftIsLocked_impostor25(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		token := drafted(w)
		w.Clock.Advance(30 * time.Minute)
		if f := draftOf(w, token); !f.Locked || f.Answers != nil || len(f.Files) != 0 {
			w.Errorf("%+v", f)
		}
		if err := attach(w, token, "ktp"); !errors.Is(err, tickets.ErrNoDraft) {
			w.Error("a file is added to a locked draft: ", err)
		}
		if resumed(w, token, "198609262015051999") != "" {
			w.Error("another number opens it")
		}
		if token = resumed(w, token, "19860926 201505 1 001"); token == "" {
			w.Error("his own number does not")
		}
		if f := draftOf(w, token); f.Answers["nama"] != "Budi Rahasia" || len(f.Files) != 0 {
			w.Errorf("after the pause: %+v", f)
		}
	})
}

func TestFiveWrongNumbersEndADraft_impostor25(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		token := drafted(w)
		w.Clock.Advance(31 * time.Minute)
		at(w, 8, func(int) error { // at once: each counts
			next, err := w.Desk.ResumeDraft(w.Context(), token, "198609262015051999", ticketstest.Stranger)
			if next != "" {
				w.Error("a wrong number opens it")
			}
			return err
		})
		if resumed(w, token, budi) != "" || !draftOf(w, token).None() {
			w.Error("it opens after five wrong numbers")
		}
	})
}

func TestALockedDraftMakesRoomForTheNextPerson(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		token := drafted(w)
		w.Clock.Advance(31 * time.Minute)
		fresh := saved(w, token, "unit", "RSUD")
		if fresh == token || len(draftOf(w, fresh).Answers) != 1 || draftOf(w, fresh).Gated {
			w.Error("he goes on with somebody else's")
		}
	})
}

func TestFilesOfADraftGoWithTheRequest(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		token := drafted(w)
		f := tickets.Filing{NIP: budi, Name: "Budi", Problem: "Hilang", Kind: tickets.MFA, Channel: tickets.Remote, Draft: token}
		won := at(w, 4, func(int) error {
			_, err := w.Desk.Open(w.Context(), f, ticketstest.Stranger)
			return err
		}, tickets.ErrNoDraft, tickets.ErrChanged)
		if won != 1 || scan[int](w, `SELECT count(*) FROM tickets`) != 1 {
			w.Errorf("%d requests of one draft", won)
		}
		number, id := scan[string](w, `SELECT number FROM tickets`), scan[string](w, `SELECT id FROM attachments WHERE ticket <> ''`)
		if _, err := w.Desk.ShowAttachment(w.Context(), w.Checker, number, id); err != nil {
			w.Error("the desk cannot open it: ", err)
		}
		if !draftOf(w, token).None() {
			w.Error("the draft is still there")
		}
	})
}

func TestNoFileBeforeTheGate_UP05(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		for _, number := range []string{"", string(budi)} {
			token := saved(w, "", "nama", "Budi", "nip", number)
			if err := attach(w, token, "ktp"); !errors.Is(err, tickets.ErrNoDraft) {
				w.Error(err)
			}
		}
		if _, err := w.Desk.GateDraft(w.Context(), saved(w, "", "nama", "Budi")); !errors.Is(err, tickets.ErrNoDraft) {
			w.Error("files for nobody: ", err)
		}
	})
}

func TestFilesOfADraftAreTakenBackAndForgotten(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		token, other := drafted(w), drafted(w)
		left := func() int { return scan[int](w, `SELECT count(*) FROM attachment_contents`) }
		foreign := draftOf(w, other).Files[0].ID
		if err := w.Desk.DetachFromDraft(w.Context(), token, foreign, ticketstest.Stranger); !errors.Is(err, tickets.ErrNoFile) || left() != 2 {
			w.Error("somebody else's file: ", err)
		}
		if err := w.Desk.DetachFromDraft(w.Context(), token, draftOf(w, token).Files[0].ID, ticketstest.Stranger); err != nil || left() != 1 {
			w.Error(err)
		}
		if err := w.Desk.ForgetDraft(w.Context(), other, ticketstest.Stranger); err != nil || left() != 0 || !draftOf(w, other).None() {
			w.Error(err)
		}
		if audited(w, audit.AttachmentEnded, "ditarik") != 1 || audited(w, audit.AttachmentEnded, "draf") != 1 || audited(w, audit.DraftAttached, audit.OK) != 2 {
			w.Error("a change of files left no row")
		}
		if err := attach(w, token, "ktp", "ktp", "ktp", "ktp", "ktp", "ktp", "ktp", "ktp", "ktp", "ktp", "ktp", "ktp", "ktp"); !errors.Is(err, tickets.ErrFiles) {
			w.Error("thirteen: ", err)
		}
	})
}

func TestTimeForgetsDrafts_impostor25(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		drafted(w)
		busy := drafted(w)
		count := func(what string) int {
			if err := purge(w); err != nil {
				w.Fatal(err)
			}
			return scan[int](w, `SELECT count(*) FROM `+what)
		}
		w.Clock.Advance(29 * time.Minute)
		if saved(w, busy); count("attachments") != 2 {
			w.Error("deleted too early")
		}
		w.Clock.Advance(2 * time.Minute)
		if n := count("attachment_contents"); n != 1 || count("attachments") != 1 {
			w.Errorf("%d contents after half an hour", n)
		}
		w.Clock.Advance(24 * time.Hour)
		if n := count("drafts"); n != 0 || count("attachments") != 0 {
			w.Errorf("%d drafts after a day", n)
		}
	})
}
