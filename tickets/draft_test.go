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
	token, err := w.Desk.SaveDraft(w.Context(), "", map[string]string{"nip": string(budi), "nama": "Budi Rahasia"}, true)
	if err != nil {
		w.Fatal(err)
	}
	if err := w.Desk.AttachToDraft(w.Context(), token, photos("ktp"), ticketstest.Stranger); err != nil {
		w.Fatal(err)
	}
	return token
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
		for range 47 { // somebody comes back every half hour but for a minute
			w.Clock.Advance(29 * time.Minute)
			if again, err := w.Desk.SaveDraft(w.Context(), token, map[string]string{"unit": "Disdik"}, false); err != nil || again != token {
				w.Fatal(err)
			}
		}
		f := draftOf(w, token)
		if f.Answers["nama"] != "Budi Rahasia" || f.Answers["unit"] != "Disdik" || !f.Gated || len(f.Files) != 1 {
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
		if err := w.Desk.AttachToDraft(w.Context(), token, photos("ktp"), ticketstest.Stranger); !errors.Is(err, tickets.ErrNoDraft) {
			w.Error("a file is added to a locked draft: ", err)
		}
		if ok, err := w.Desk.ResumeDraft(w.Context(), token, "198609262015051999", ticketstest.Stranger); ok || err != nil {
			w.Error("another number opens it: ", err)
		}
		if ok, err := w.Desk.ResumeDraft(w.Context(), token, "19860926 201505 1 001", ticketstest.Stranger); !ok || err != nil {
			w.Error("his own number does not: ", err)
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
		for range 5 {
			if ok, err := w.Desk.ResumeDraft(w.Context(), token, "198609262015051999", ticketstest.Stranger); ok || err != nil {
				w.Fatal(ok, err)
			}
		}
		if ok, _ := w.Desk.ResumeDraft(w.Context(), token, budi, ticketstest.Stranger); ok || !draftOf(w, token).None() {
			w.Error("it opens after five wrong numbers")
		}
	})
}

func TestALockedDraftMakesRoomForTheNextPerson(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		token := drafted(w)
		w.Clock.Advance(31 * time.Minute)
		fresh, err := w.Desk.SaveDraft(w.Context(), token, map[string]string{"unit": "RSUD"}, false)
		if err != nil || fresh == token || len(draftOf(w, fresh).Answers) != 1 || draftOf(w, fresh).Gated {
			w.Error("he goes on with somebody else's: ", err)
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
		token, err := w.Desk.SaveDraft(w.Context(), "", map[string]string{"nama": "Budi"}, false)
		if err != nil {
			w.Fatal(err)
		}
		if err := w.Desk.AttachToDraft(w.Context(), token, photos("ktp"), ticketstest.Stranger); !errors.Is(err, tickets.ErrNoDraft) {
			w.Error(err)
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
		if err := w.Desk.AttachToDraft(w.Context(), token, photos("ktp", "ktp", "ktp", "ktp", "ktp", "ktp", "ktp", "ktp", "ktp", "ktp", "ktp", "ktp", "ktp"), ticketstest.Stranger); !errors.Is(err, tickets.ErrFiles) {
			w.Error("thirteen: ", err)
		}
	})
}

func TestTimeForgetsDrafts_impostor25(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		drafted(w)
		busy := drafted(w)
		count := func(what string) int {
			if err := w.Desk.PruneDrafts(w.Context()); err != nil {
				w.Fatal(err)
			}
			return scan[int](w, `SELECT count(*) FROM `+what)
		}
		w.Clock.Advance(29 * time.Minute)
		if _, err := w.Desk.SaveDraft(w.Context(), busy, map[string]string{}, false); err != nil || count("attachments") != 2 {
			w.Error(err)
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
