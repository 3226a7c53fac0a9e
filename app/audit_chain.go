package app

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"pulih/audit"
	"pulih/views"
)

const (
	chainPath   = auditPath + "/rantai"
	checksShown = 10
	nightly     = 2 * time.Hour // after midnight
)

// chain shows how far the check is, and what the last ones found.
func (a *App) chain(c echo.Context) error {
	ctx := c.Request().Context()
	all, err := a.checks(ctx)
	if err != nil {
		return err
	}
	names, err := a.staffNames(c)
	if err != nil {
		return err
	}
	until, err := a.Checks.PausedUntil(ctx)
	if err != nil {
		return err
	}
	page := views.AuditChain{Tabs: a.auditTabs(c, chainPath), NoCopy: a.Checks.Copy == ""}
	thousandths, running := a.Checks.Progress()
	if page.Running, page.Percent = running, thousandths/10; running {
		c.Response().Header().Set("Refresh", "3")
	}
	for _, k := range all {
		page.Checks = append(page.Checks, a.checkCard(k, names, running))
	}
	if until > a.DB.Now() {
		page.Again = until.Hour(a.Zone)
	}
	return a.render(c, http.StatusOK, views.AuditChainPage(a.page(c, "Rantai catatan audit"), page))
}

// checks are the newest, and the last that ended: ten that were broken off hide
// no finding.
func (a *App) checks(ctx context.Context) ([]audit.Check, error) {
	all, err := a.Checks.Last(ctx, checksShown)
	if err != nil {
		return nil, err
	}
	standing, err := a.Checks.Standing(ctx)
	if standing.EndedAt > 0 && !slices.ContainsFunc(all, func(k audit.Check) bool { return k.ID == standing.ID }) {
		all = append(all, standing)
	}
	return all, err
}

// startCheck begins a check, which goes on after the answer.
func (a *App) startCheck(c echo.Context) error {
	if err := a.check(c.Request().Context(), a.actor(c)); err != nil {
		return err
	}
	return seeOther(c, chainPath)
}

func (a *App) check(ctx context.Context, by audit.Actor) error {
	k, err := a.Checks.Begin(ctx, by)
	if err != nil {
		return err
	}
	a.behind.Go(func() { a.carry(k) })
	return nil
}

// CheckAudit begins a check that nobody asked for: a server that starts has
// found something.
func (a *App) CheckAudit(ctx context.Context) error {
	return a.check(ctx, audit.Actor{Kind: audit.Clock})
}

// carry tells operators what a check found; supervisors read it on the page.
func (a *App) carry(k audit.Check) {
	k, err := a.Checks.Carry(a.stop, k)
	switch {
	case a.stop.Err() != nil:
		return
	case err != nil:
		a.Log.Error("audit check", "err", err)
		a.Metrics.found.Set(1)
	case len(k.Findings) > 0:
		a.Log.Error("audit log does not agree", "check", k.ID, "findings", k.Count(), "first", k.Findings[0].String())
	}
	if err == nil {
		a.Metrics.found.Set(float64(k.Count()))
	}
}

// checkNightly checks once a day, at two in the morning or as soon as the
// server runs.
func (a *App) checkNightly(ctx context.Context) error {
	now := a.DB.Now()
	since := now.Midnight(a.Zone).Add(nightly)
	if now < since {
		since = since.Add(-24 * time.Hour)
	}
	if due, err := a.Checks.Due(ctx, since); err != nil || !due {
		return err
	}
	return a.CheckAudit(ctx)
}

// chainAlarm is a sentence for supervisors when the last check that ended
// found something.
func (a *App) chainAlarm(ctx context.Context) (string, error) {
	k, err := a.Checks.Standing(ctx)
	switch {
	case k.Failed:
		return "Pemeriksaan terakhir gagal, " + k.AskedAt.Exact(a.Zone) + ".", err
	case len(k.Findings) > 0:
		return fmt.Sprintf("Pemeriksaan %s menemukan %d hal.", k.AskedAt.Exact(a.Zone), k.Count()), err
	}
	return "", err
}

func (a *App) checkCard(k audit.Check, names map[string]string, running bool) views.AuditCheck {
	card := views.AuditCheck{Title: k.AskedAt.Long(a.Zone), State: a.checkBadge(k, running), Rows: []views.Row{
		{Key: "Diminta", Value: actorText(k.By, names)}}}
	if k.EndedAt == 0 {
		return card
	}
	card.Rows = append(card.Rows, views.Row{Key: "Selesai", Value: k.EndedAt.Exact(a.Zone)},
		views.Row{Key: "Dalam rantai", Value: strconv.FormatInt(k.Sealed, 10) + " peristiwa"},
		views.Row{Key: "Dalam salinan", Value: strconv.FormatInt(k.Copied, 10) + " peristiwa"})
	for _, f := range k.Findings {
		card.Findings = append(card.Findings, findingText(f))
	}
	return card
}

func (a *App) checkBadge(k audit.Check, running bool) views.Badge {
	switch {
	case k.EndedAt == 0 && (running || k.AskedAt > a.DB.Now().Add(-audit.Patience)):
		return views.Badge{Tone: views.ToneWait, Text: "Berjalan"}
	case k.EndedAt == 0:
		return views.Badge{Tone: views.ToneWarn, Text: "Terputus"}
	case k.Failed:
		return views.Badge{Tone: views.ToneDanger, Text: "Gagal diperiksa"}
	case len(k.Findings) > 0:
		return views.Badge{Tone: views.ToneDanger, Text: "Tidak cocok"}
	}
	return views.Badge{Tone: views.ToneSuccess, Text: "Cocok"}
}

var findingWords = map[audit.Problem]string{
	audit.Missing: "hilang dari rantai", audit.Changed: "diubah setelah dikunci", audit.Outside: "peristiwa berada di luar rantai",
	audit.Misplaced: "peristiwa disembunyikan atau diubah dalam daftar baca", audit.CopyGone: "Salinan luar hilang",
	audit.CopyHeld:  "Salinan luar tidak ditambah lagi sampai pengelola server memeriksanya",
	audit.CopyLacks: "hilang dari salinan luar", audit.CopyBehind: "dan sesudahnya tidak ada dalam salinan luar",
	audit.CopyBroken: "tidak terbaca dalam salinan luar", audit.TailCut: "ada dalam salinan, tetapi terpotong dari basis data",
	audit.Rewritten: "berbeda dari salinan luar: rantai ditulis ulang", audit.Unfloored: "adalah awal rantai yang tidak tercatat",
	audit.Floored: "menjadi awal rantai, padahal log disimpan selamanya", audit.TooYoung: "dihapus sebelum cukup lama disimpan",
	audit.Ahead: "bertanggal di masa depan", audit.Backdated: "bertanggal mundur lebih dari satu jam",
	audit.Unnumbered: "kunci tidak bernomor dalam rantai", audit.PlacedOutside: "peristiwa tampil dalam daftar baca, tetapi tidak ada dalam rantai",
	audit.Waiting: "peristiwa belum dikunci setelah lima menit", audit.Requeued: "peristiwa yang sudah dikunci masuk antrean lagi",
	audit.Unguarded: "penjaga tabel log hilang atau diubah", audit.Strange: "pemicu pada tabel log bukan milik Pulih",
	audit.Mismarked: "Batas daftar baca tidak sesuai dengan rantai", audit.Unasked: "pemeriksaan bertanggal di masa depan",
	audit.Untold: "pemeriksaan berakhir tanpa catatan yang cocok dalam log", audit.Further: "temuan lain tidak ditampilkan",
}

func findingText(f audit.Finding) string {
	switch {
	case f.Count > 0:
		return fmt.Sprintf("%d %s.", f.Count, findingWords[f.What])
	case f.Seq == 0:
		return findingWords[f.What] + "."
	}
	return fmt.Sprintf("Peristiwa nomor %d %s.", f.Seq, findingWords[f.What])
}
