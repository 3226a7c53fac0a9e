package app

import (
	"context"
	"fmt"
	"net/http"
	"slices"
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
