package mail

import (
	"flag"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pulih/db"
	"pulih/db/dbtest"
)

var update = flag.Bool("update", false, "write the golden files anew")

var everyWhat = []What{ResetAsked, PasswordChanged, RequestFiled, RequestApproved, PassIssued, DeviceAdded,
	RequestRefused, RequestCancelled, ReplyArrived, AccountFrozen, OTPFailed3, OTPStopped,
	ActivationAsked, MFAAsked, MFAWaiting, MFAReady, UnlockAsked, NotActivated, AlreadyActive, AccountActivated,
	DeviceSecond, DeviceRemoved, BackupMade, BackupUsed, AddressAdded, AddressRemoved, EmailChanged, BlockLifted, SignInTold, DataAsked, DataGiven}

const (
	testCode  = "7K3M9QXD"
	testToken = "RAHASIA-token"
)

func everyMessage() map[string]Message {
	s, at := testSite(), db.At(dbtest.NewClock().Now())
	all := map[string]Message{
		"staff": StaffNotice(s, "siti@example.test", "Petugas baru",
			"Budi, S.Kom. menambah petugas dari konsol pukul 10.42 WITA.\nPeriksa di "+s.Link("/petugas/pengaturan")),
		"summary":      Summary(s, testSummary(s)),
		"address.code": AddressCode(s, "budi@example.test", "p1", testCode, at.Add(30*60e9)),
		"email.code":   NewEmailCode(s, "budi@example.test", "p1", testCode, at.Add(30*60e9)),
	}
	for w, name := range map[What]string{ResetAsked: "reset.code", ActivationAsked: "activation.code", MFAAsked: "mfa.code", UnlockAsked: "unlock.code"} {
		all[name] = ResetCode(s, ResetCodeMail{To: "budi@example.test", Person: "p1", For: w, Code: testCode,
			Link: s.Link("/pulihkan/kode/" + testToken), Disown: s.Link("/bukan-saya/" + testToken), Until: at.Add(30 * 60e9)})
	}
	for _, w := range everyWhat {
		m := NoticeMail{To: "budi@example.test", Person: "p1", What: w, At: at, Link: s.Link("/bukan-saya/" + testToken)}
		if strings.HasPrefix(string(w), "request.") || w == PassIssued || w == DeviceAdded || w == ReplyArrived {
			m.Number = "PUL-7K3M-9QXD"
		}
		if w == RequestApproved {
			m.Until = at.Add(4 * 3600e9)
		}
		if w == MFAWaiting {
			m.Until = at.Add(24 * 3600e9)
		}
		if w == MFAReady {
			m.Next = s.Link("/pulihkan-mfa/lanjut/" + testToken)
		}
		all[string(w)] = Notice(s, m)
	}
	return all
}

func testSummary(s Site) SummaryMail {
	return SummaryMail{To: "budi@example.test", Agency: "BKPSDM Kabupaten Contoh", Period: "16 November 2026 – 22 November 2026 (WITA)",
		Scope: "semua unit", Report: s.Link("/petugas/laporan?dari=2026-11-16&sampai=2026-11-22"), Switch: s.Link("/petugas/laporan/ringkasan"),
		Figures: []SummaryFigure{{"Permohonan masuk", "1.204", "", "986"},
			{"Penyelesaian penuh, jam kerja", "3 jam 20 mnt", "9 dari 10 dalam 12 jam 5 mnt · n = 1.102", "2 jam 50 mnt"},
			{"Tepat waktu", "96%", "1.058 dari 1.102", "–"}}}
}

func TestEachBodyIsAsAgreed(t *testing.T) {
	for name, m := range everyMessage() {
		golden(t, name+".txt", "Subject: "+m.Subject+"\n\n"+m.Text)
		golden(t, name+".html", m.HTML)
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

func TestEachMessageNamesPhoneZoneAndSafety(t *testing.T) {
	for name, m := range everyMessage() {
		for _, part := range []string{m.Text, m.HTML} {
			for _, want := range []string{safety, testSite().Phone, "WITA"} {
				if !strings.Contains(part, want) {
					t.Errorf("%s lacks %q", name, want)
				}
			}
		}
		if !strings.HasSuffix(m.Subject, " – BKPSDM Contoh") {
			t.Errorf("%s: %q", name, m.Subject)
		}
	}
}

func TestNoSecretInASubject(t *testing.T) {
	for name, m := range everyMessage() {
		for _, word := range []string{testCode, testCode[:4], testToken, "PUL-", "budi"} {
			if strings.Contains(m.Subject+m.Kind, word) {
				t.Errorf("%s: the subject holds %q", name, word)
			}
		}
	}
}

var href = regexp.MustCompile(`(?:href|src|action)="([^"]*)"`)

func TestEveryLinkIsOurs(t *testing.T) {
	for name, m := range everyMessage() {
		if err := m.check(testSite()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, found := range href.FindAllStringSubmatch(m.HTML, -1) {
			if link := html.UnescapeString(found[1]); !testSite().owns(link) || !strings.Contains(m.Text, link) {
				t.Errorf("%s links to %s", name, link)
			}
		}
	}
}

func TestHTMLIsLight(t *testing.T) {
	for name, m := range everyMessage() {
		if len(m.HTML) == 0 || len(m.HTML) > 10<<10 || strings.Contains(m.HTML, "<img") || strings.Contains(m.HTML, "<script") {
			t.Errorf("%s: %d bytes", name, len(m.HTML))
		}
	}
}

var sentenceEnd = regexp.MustCompile(`[.?!:](?:\s|$)`)

func TestSentencesAreShort(t *testing.T) {
	for name, m := range everyMessage() {
		body, _, _ := strings.Cut(m.Text, "\n-- \n")
		for _, s := range sentenceEnd.Split(body, -1) {
			if n := len(strings.Fields(s)); n > 15 {
				t.Errorf("%s: %d words in %q", name, n, s)
			}
		}
	}
}

func TestOnlyChangeNoticesLast240Hours_impostor2(t *testing.T) {
	until := db.At(dbtest.NewClock().Now()).Add(DisownChange).Long(db.WITA)
	for _, w := range everyWhat {
		m := Notice(testSite(), NoticeMail{What: w, At: db.At(dbtest.NewClock().Now()), Link: testSite().Link("/bukan-saya/x")})
		if got := strings.Contains(m.Text, until); got != w.Change() {
			t.Errorf("%s: 240 hours is %v", w, got)
		}
		if got := strings.Contains(m.Text, "/bukan-saya/"); got != (w != ReplyArrived) {
			t.Errorf("%s: “Bukan saya” is %v", w, got)
		}
	}
}
