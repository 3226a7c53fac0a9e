package mail

import (
	"context"
	"errors"
	"strings"
	"testing"

	"pulih/db"
	"pulih/db/dbtest"
)

const hostile = "Budi\r\nBcc: mata@example.test\r\n\r\n<script>alert(1)</script> https://jahat.example.test/x www.jahat.example.test \u2028\x00 HTTPS://PULIH.example.go.id.jahat.example.test"

func TestWhatSomebodyTypedStaysText(t *testing.T) {
	eachPost(t, func(p post) {
		put(p.t, p.Outbox, StaffNotice(p.site, "siti@example.test", hostile, hostile))
		p.pass()
		all := p.box.Messages()
		if len(all) != 1 {
			p.t.Fatalf("%d mails", len(all))
		}
		m := all[0]
		if m.Header.Get("Bcc") != "" || strings.ContainsAny(m.Subject, "\r\n\x00") || !strings.Contains(m.Subject, "Bcc: mata") {
			p.t.Errorf("the subject is %q, Bcc %q", m.Subject, m.Header.Get("Bcc"))
		}
		if len(m.Links) != 0 || strings.Contains(m.Text+m.HTML, "jahat") || strings.Contains(m.HTML, "<script") {
			p.t.Errorf("%v\n%s", m.Links, m.Text)
		}
	})
}

func TestEnqueueRefusesWhatNoTypedMessageHolds(t *testing.T) {
	d, _ := dbtest.New(t)
	o := NewOutbox(d, testKeys(t), testSite())
	for _, row := range []struct {
		m    Message
		want error
	}{
		{Message{Subject: "a\r\nBcc: b@example.test"}, ErrHeader},
		{Message{Subject: "a\tb"}, ErrHeader},
		{Message{Text: "http://jahat.example.test"}, ErrLink},
		{Message{Text: "https://pulih.example.go.id.jahat.example.test/"}, ErrLink},
		{Message{Text: "https://pulih.example.go.id@jahat.example.test/"}, ErrLink},
		{Message{HTML: `<img src="https://jahat.example.test/pixel.gif">`}, ErrLink},
		{Message{HTML: `<a href="JAVASCRIPT://x">`}, ErrLink},
	} {
		row.m.To = "budi@example.test"
		err := d.Write(context.Background(), func(tx *db.Tx) error {
			_, err := o.Enqueue(context.Background(), tx, row.m)
			return err
		})
		if !errors.Is(err, row.want) {
			t.Errorf("%+v: %v", row.m, err)
		}
	}
}

func TestAMessageSaysOnlyWhatItMust(t *testing.T) {
	eachPost(t, func(p post) {
		p.notice()
		p.pass()
		m := p.box.Messages()[0]
		for name := range m.Header {
			switch name {
			case "Auto-Submitted", "Content-Type", "Date", "From", "Message-Id", "Mime-Version", "Subject", "To", "X-Auto-Response-Suppress":
			default:
				p.t.Errorf("header %s: %v", name, m.Header[name])
			}
		}
		if m.From != `"BKPSDM Contoh" <pemulihan@example.go.id>` || m.Text == "" || m.HTML == "" {
			p.t.Errorf("from %s", m.From)
		}
	})
}

func TestASiteThatNobodyCanTrustIsRefused(t *testing.T) {
	if err := testSite().Check(); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*Site){
		"agency":   func(s *Site) { s.ShortAgency = "A\r\nB" },
		"phone":    func(s *Site) { s.Phone = "" },
		"sender":   func(s *Site) { s.Sender = "A <a@example.go.id>" },
		"base URL": func(s *Site) { s.BaseURL = "pulih.example.go.id" },
		"zone":     func(s *Site) { s.Zone = db.Zone{} },
	} {
		s := testSite()
		spoil(&s)
		if err := s.Check(); !errors.Is(err, ErrSite) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
