package app

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"pulih/guide"
)

const stepLock = "/bantuan/terkunci-sementara/berhenti"

// A lock's wait counts from the answer that led to it, however often its page is opened.
func TestReloadingDoesNotBeginAWaitAnew(t *testing.T) {
	x := newTest(t)
	b := x.clockBrowser(onPhone)
	page := b.follow(b.answer("/bantuan/otp-tidak-valid/hitung-percobaan", "belum"))
	until := x.DB.Now().Add(30 * time.Minute).Hour(x.Zone)
	page.mustSay(t, http.StatusOK, "Berhenti mencoba dulu")
	page.mustSay(t, http.StatusOK, "Coba lagi setelah "+until)
	x.clock.Advance(20 * time.Minute)
	b.get(stepLock).mustSay(t, http.StatusOK, "Coba lagi setelah "+until)
	x.clock.Advance(11 * time.Minute)
	b.get(stepLock).mustSay(t, http.StatusOK, "Waktu tunggunya sudah lewat")
	x.browser().get(stepLock).mustSay(t, http.StatusOK, "Coba lagi setelah "+x.DB.Now().Add(30*time.Minute).Hour(x.Zone))
}

// Where nothing is locked, nobody is told to stop trying.
func TestOnlyALockSaysStopTrying(t *testing.T) {
	x := newTest(t)
	for _, s := range x.Catalogue.Symptoms() {
		for _, step := range s.Steps {
			if step.Tool != guide.WaitTool {
				continue
			}
			p := x.browser().get(stepAddress(guide.Place{Symptom: s.Key, Step: step.Key}))
			p.mustSay(t, http.StatusOK, "Coba lagi setelah")
			if stop := strings.Contains(p.text(), "Berhenti mencoba dulu"); stop != (s.Kind == "lock") {
				t.Errorf("%s, %s: %v", s.Key, step.Key, stop)
			}
		}
	}
}

// A laptop is not the phone: nothing is picked for it.
func TestAComputerPicksNoBrand(t *testing.T) {
	x := newTest(t)
	const at = "/bantuan/otp-tidak-valid/jam-otomatis"
	laptop := x.clockBrowser(onComputer)
	const picked = "main .chips a[aria-current]"
	if p := laptop.get(at); p.Find(picked).Length() != 0 {
		t.Error(p.Find(picked).Text())
	}
	if p := laptop.get(at + "?merek=samsung"); p.Find(picked).AttrOr("href", "") != at+"?merek=samsung#merek" {
		t.Error(p.Find(picked).Text())
	}
}

// The portal's accounts are signed in to at the portal: no button of ours stands beside "ketik sendiri".
func TestSigningInHasOneTarget(t *testing.T) {
	x := newTest(t)
	const at = "/bantuan/gagal-setelah-reset/jendela-samaran"
	if p := x.browser().get(at); p.Find(`main a[href="/masuk"]`).Length() != 0 {
		t.Error("our sign-in stands beside the portal's address")
	}
	x.Site.PortalAddress = x.BaseURL.String() + ".example"
	if p := x.browser().get(at); p.Find(`main a[href="/masuk"]`).Length() != 0 {
		t.Error("another's address that begins like ours is taken for it")
	}
	x.Site.PortalIsOurs = true
	if p := x.browser().get(at); p.Find(`main a[href="/masuk"]`).Length() != 1 {
		t.Error("our own portal has no button")
	}
}
