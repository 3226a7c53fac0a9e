package mailbox_test

import (
	"context"
	"errors"
	"fmt"
	"net/smtp"
	"sync"
	"testing"
	"time"

	"pulih/mail/mailbox"
)

func start(t *testing.T) *mailbox.Box {
	t.Helper()
	b, err := mailbox.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.Close() })
	return b
}

func send(t *testing.T, b *mailbox.Box, subject string) {
	t.Helper()
	text := "Subject: " + subject + "\r\nMessage-ID: <" + subject + "@example.test>\r\n\r\n" +
		"Buka http://127.0.0.1/a dan http://127.0.0.1/a lalu https://127.0.0.1/b\r\n"
	if err := smtp.SendMail(b.Addr(), nil, "a@example.test", []string{"b@example.test"}, []byte(text)); err != nil {
		t.Fatal(err)
	}
}

func TestABoxOpenToOthersIsRefused(t *testing.T) {
	if _, err := mailbox.Start("0.0.0.0:0"); !errors.Is(err, mailbox.ErrNotLoopback) {
		t.Fatal(err)
	}
}

func TestTheLast500AreKeptNewestFirst(t *testing.T) {
	b := start(t)
	for i := range 503 {
		send(t, b, fmt.Sprint("m", i))
	}
	all := b.Messages()
	if len(all) != 500 || all[0].Subject != "m502" || all[499].Subject != "m3" {
		t.Fatalf("%d messages, %s to %s", len(all), all[0].Subject, all[len(all)-1].Subject)
	}
}

func TestWaitSeesWhatIsThereAndWhatComes(t *testing.T) {
	b := start(t)
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	send(t, b, "dulu")
	var sending sync.WaitGroup
	sending.Go(func() { send(t, b, "nanti") })
	defer sending.Wait()
	for _, subject := range []string{"dulu", "nanti"} {
		got, err := b.Wait(ctx, func(r mailbox.Received) bool { return r.Subject == subject })
		if err != nil || got.MessageID != subject+"@example.test" || len(got.Links) != 2 {
			t.Fatalf("%s: %+v, %v", subject, got, err)
		}
	}
	cancel()
	if _, err := b.Wait(ctx, func(mailbox.Received) bool { return false }); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
}
