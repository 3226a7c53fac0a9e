package tickets_test

import (
	"bytes"
	"errors"
	"fmt"
	"image/jpeg"
	"maps"
	"strings"
	"testing"
	"time"

	"pulih/accounts"
	"pulih/audit"
	"pulih/secret"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
	"pulih/tickets/upload"
)

func mustAttach(s *ticketstest.Story, kinds ...tickets.ProofKind) {
	s.Helper()
	if err := s.Attach(kinds...); err != nil {
		s.Fatal(err)
	}
}

// audited counts the rows of the log with an action and a result.
func audited(w *ticketstest.World, action audit.Action, result string) int {
	return scan[int](w, `SELECT count(*) FROM audit_events WHERE action = $1 AND result = $2`, action, result)
}

func TestFilesAreEncryptedUnderAKeyOfTheirOwn_UP03(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote)
		mustAttach(s, tickets.KTP, tickets.SKPNS)
		first, second := scan[[]byte](w, `SELECT sealed FROM attachment_contents ORDER BY attachment LIMIT 1`),
			scan[[]byte](w, `SELECT sealed FROM attachment_contents ORDER BY attachment LIMIT 1 OFFSET 1`)
		if bytes.Contains(first, []byte("JFIF")) || bytes.HasPrefix(first, []byte{0xff, 0xd8}) || bytes.Equal(first, second) {
			w.Error("a content can be read, or two of the same picture are alike")
		}
		exec(w, `UPDATE attachment_contents SET sealed = $1`, first) // somebody swaps contents
		if _, err := w.Desk.ShowAttachment(w.Context(), w.Checker, s.Number, s.Status().Files[1].ID); err == nil {
			w.Error("a swapped content opens")
		}
	})
}

func TestStaffSeeTheWatermarkedCopyAndEveryLookIsAudited_UP04(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote)
		mustAttach(s, tickets.KTP)
		got, err := w.Desk.ShowAttachment(w.Context(), w.Checker, s.Number, s.FirstFile())
		if err != nil || !strings.Contains(got.Name, s.Number) || !strings.Contains(got.Name, "pemulihan") {
			w.Fatal(got.Name, err)
		}
		m, err := jpeg.Decode(bytes.NewReader(got.Bytes))
		if err != nil {
			w.Fatal(err)
		}
		lit := 0
		for x := range m.Bounds().Dx() {
			if r, _, _, _ := m.At(x, m.Bounds().Dy()/2).RGBA(); r > 0x2000 {
				lit++
			}
		}
		if lit == 0 {
			w.Error("nothing is written over the black picture")
		}
		if n := audited(w, audit.AttachmentRead, audit.OK); n != 1 {
			w.Errorf("%d looks are audited", n)
		}
	})
}

func TestFilesAreForStaffOfTheAgencyAndNotAboutOneself_ST04(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s, other := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote), w.File(w.Person("198609262015051002", "Ani"), tickets.Remote)
		mustAttach(s, tickets.KTP)
		mustAttach(other, tickets.KTP)
		foreign, himself := w.Checker, w.Staff(budi, "Budi", accounts.Agent)
		foreign.Staff.Agency = "BKPSDM Kota Lain"
		for name, v := range map[string]struct {
			by     tickets.By
			number string
			id     string
			want   error
		}{
			"another agency":         {foreign, s.Number, s.FirstFile(), tickets.ErrNoTicket},
			"about himself":          {himself, s.Number, s.FirstFile(), tickets.ErrOneself},
			"a file of another":      {w.Checker, s.Number, other.FirstFile(), tickets.ErrNoFile},
			"no file":                {w.Checker, s.Number, "", tickets.ErrNoFile},
			"a request without them": {w.Checker, "PUL-0000-0000", s.FirstFile(), tickets.ErrNoTicket},
		} {
			if got, err := w.Desk.ShowAttachment(w.Context(), v.by, v.number, v.id); !errors.Is(err, v.want) || len(got.Bytes) > 0 {
				w.Errorf("%s: %v", name, err)
			}
		}
		if n := audited(w, audit.AttachmentRead, audit.OK); n != 0 {
			w.Errorf("%d refused looks are audited as looks", n)
		}
		if err := w.Desk.Detach(w.Context(), s.Number, s.Secret, other.FirstFile(), ticketstest.Stranger); !errors.Is(err, tickets.ErrNoFile) {
			w.Error("a receipt takes back the file of another request: ", err)
		}
		if err := w.Desk.Attach(w.Context(), s.Number, other.Secret, nil, ticketstest.Stranger); err == nil {
			w.Error("a wrong pair attaches")
		}
	})
}

func TestFilesAnswerAQuestionAndTwelveAreEnough(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote).To(tickets.Waiting)
		mustAttach(s, tickets.KTP)
		if s.State() != tickets.Open {
			w.Error("the desk still waits: ", s.State())
		}
		for range 11 {
			mustAttach(s, tickets.SKPNS)
		}
		if err := s.Attach(tickets.SKPNS); !errors.Is(err, tickets.ErrFiles) || s.Status().CanAttach {
			w.Error("a thirteenth: ", err)
		}
		if err := w.Desk.Detach(w.Context(), s.Number, s.Secret, s.FirstFile(), ticketstest.Stranger); err != nil || !s.Status().CanAttach {
			w.Error("no room after one was taken back: ", err)
		}
	})
}

func TestAWithdrawnFileIsGoneAndSoIsTheCheck_impostor18(t *testing.T) {
	for _, state := range []tickets.State{tickets.Checked, tickets.Approved, tickets.Ready} {
		each(t, func(w *ticketstest.World) {
			s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote)
			mustAttach(s, tickets.KTP)
			s.Factor()
			form := s.Form(tickets.KTP)
			form.File = s.FirstFile()
			if got, err := w.Desk.AddProof(w.Context(), w.Checker, s.Number, s.Version(), form); err != nil || got.File != form.File {
				w.Fatal(got, err)
			}
			s.To(state)
			if err := w.Desk.Detach(w.Context(), s.Number, s.Secret, form.File, ticketstest.Stranger); err != nil {
				w.Fatal(err)
			}
			if s.State() != tickets.Open || scan[int](w, `SELECT count(*) FROM ticket_proofs WHERE attachment = $1 AND voided_at = 0`, form.File) != 0 {
				w.Errorf("%s: the check stands in %s", state, s.State())
			}
			if n := scan[int](w, `SELECT count(*) FROM attachment_contents`); n != 0 || audited(w, audit.AttachmentEnded, "ditarik") != 1 {
				w.Errorf("%d contents are kept, or nothing tells of it", n)
			}
			if err := w.Desk.Detach(w.Context(), s.Number, s.Secret, form.File, ticketstest.Stranger); !errors.Is(err, tickets.ErrNoFile) {
				w.Error("it is taken back twice: ", err)
			}
		})
	}
}

func TestAnItemNamesAFileOfItsOwnRequest(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s, other := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote), w.File(w.Person("198609262015051002", "Ani"), tickets.Remote)
		mustAttach(other, tickets.KTP)
		form := s.Form(tickets.KTP)
		form.File = other.FirstFile()
		if _, err := w.Desk.AddProof(w.Context(), w.Checker, s.Number, s.Version(), form); !errors.Is(err, tickets.ErrNoFile) {
			w.Error(err)
		}
		mustAttach(s, tickets.SKPNS)
		form.File = s.FirstFile()
		if _, err := w.Desk.AddProof(w.Context(), w.Checker, s.Number, s.Version(), form); !errors.Is(err, tickets.ErrNoFile) {
			w.Error("a KTP that rests on a decree: ", err)
		}
	})
}

// An approval and a withdrawal of its evidence meet: whoever comes second
// sees what the first did, and no approval stands on a file that is gone.
func TestApproveMeetsAChangeOfEvidence_impostor18(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		for i := range 6 {
			s := w.File(w.Person(secret.NIP(fmt.Sprintf("19860926201505%04d", 1101+i)), "Budi Santoso"), tickets.Remote)
			mustAttach(s, tickets.KTP)
			s.To(tickets.Checked)
			file, version := s.FirstFile(), s.Version()
			w.Prove(w.Approver)
			at(w, 2, func(i int) error {
				if i == 0 {
					return w.Desk.Detach(w.Context(), s.Number, s.Secret, file, ticketstest.Stranger)
				}
				_, err := w.Desk.Approve(w.Context(), w.Approver, s.Number, version, tickets.ApproveForm{})
				return err
			}, tickets.ErrChanged, tickets.ErrState)
			status := s.Status()
			if (status.State == tickets.Approved) != (len(status.Files) == 1) {
				w.Errorf("%s with %d files", status.State, len(status.Files))
			}
		}
	})
}

func TestFilesAreDeletedWhenTheirTimeIsOver_UP07(t *testing.T) {
	const day = 24 * time.Hour
	for state, kept := range map[tickets.State]time.Duration{tickets.Refused: 7 * day, tickets.Expired: 7 * day, tickets.Done: 30 * day, tickets.Cancelled: 30 * day} {
		each(t, func(w *ticketstest.World) {
			s, live := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote), w.File(w.Person("198609262015051002", "Ani"), tickets.Remote)
			mustAttach(s, tickets.KTP)
			mustAttach(live, tickets.KTP)
			live.Factor() // what is proven does not expire
			s.To(state)
			contents := func() int {
				if err := purge(w); err != nil {
					w.Fatal(err)
				}
				return scan[int](w, `SELECT count(*) FROM attachment_contents`)
			}
			w.Clock.Advance(kept - time.Minute)
			if contents() != 2 {
				w.Errorf("%s: deleted too early", state)
			}
			w.Clock.Advance(2 * time.Minute)
			if contents() != 1 || audited(w, audit.AttachmentEnded, "retensi") != 1 {
				w.Errorf("%s: kept after %s, or nothing tells of it", state, kept)
			}
			if len(scan[[]byte](w, `SELECT key FROM attachments WHERE ended_at > 0`)) != 0 {
				w.Error("the key is kept")
			}
			if contents() != 1 {
				w.Error("a live request lost its file")
			}
		})
	}
}

func TestOnlyCleanedFilesOfOurKindsAreStored(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote)
		for name, files := range map[string][]tickets.NewAttachment{
			"nothing":      nil,
			"no content":   {{Kind: "ktp", File: upload.File{Kind: upload.JPEG}}},
			"another kind": {{Kind: "callback", File: upload.File{Kind: upload.JPEG, Bytes: []byte("x")}}},
			"a path":       {{Kind: "../../etc", File: upload.File{Kind: upload.JPEG, Bytes: []byte("x")}}},
		} {
			if err := w.Desk.Attach(w.Context(), s.Number, s.Secret, files, ticketstest.Stranger); !errors.Is(err, tickets.ErrMissing) {
				w.Errorf("%s: %v", name, err)
			}
		}
		if n := scan[int](w, `SELECT count(*) FROM attachments`); n != 0 || s.Version() != 1 {
			w.Errorf("%d stored", n)
		}
	})
}

func TestARequestReopenedMeanwhileKeepsItsFiles_UP07(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote)
		mustAttach(s, tickets.KTP)
		s.To(tickets.Refused)
		w.Clock.Advance(8 * 24 * time.Hour)
		err := tickets.PurgeAround(w.Context(), w.Desk, func() {
			if _, err := w.Desk.Reopen(w.Context(), w.Checker, s.Number, s.Version(), "KTP terbaca kembali."); err != nil {
				w.Fatal(err)
			}
		})
		if n := scan[int](w, `SELECT count(*) FROM attachment_contents`); err != nil || n != 1 || audited(w, audit.AttachmentEnded, "retensi") != 0 {
			w.Errorf("%d files are kept: %v", n, err)
		}
	})
}

func TestAFileStandsBehindOneItemOnly_impostor8(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote)
		mustAttach(s, tickets.KTP)
		form := s.Form(tickets.KTP)
		form.File = s.FirstFile()
		wrong := form
		wrong.Typed = maps.Clone(form.Typed)
		wrong.Typed["nama"] = "Orang Lain"
		add := func(f tickets.ProofForm) tickets.Proof {
			p, err := w.Desk.AddProof(w.Context(), w.Checker, s.Number, s.Version(), f)
			if err != nil {
				w.Fatal(err)
			}
			return p
		}
		add(wrong)
		if p := add(form); p.Result != tickets.Match {
			w.Fatal("a wrong reading keeps the file from the right one: ", p.Result)
		}
		if _, err := w.Desk.AddProof(w.Context(), w.Checker, s.Number, s.Version(), form); !errors.Is(err, tickets.ErrMatched) {
			w.Error("a second item names the same file: ", err)
		}
	})
}
