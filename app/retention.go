package app

import (
	"context"
	"errors"
	"slices"
	"time"

	"pulih/accounts"
	"pulih/audit"
	"pulih/guide"
	"pulih/mail"
	"pulih/tickets"
)

// Rules is all that says how long anything is kept, and the only way in which
// rows are deleted for their age (PR-04). auditKeep is how long the log is kept,
// 0 for ever.
func Rules(auditKeep time.Duration) []audit.Rule {
	return slices.Concat(tickets.Rules(), accounts.Rules(), mail.Rules(), guide.Rules(), ownRules(), audit.Rules(auditKeep))
}

// ownRules are of what defends the pages. It names nobody.
func ownRules() []audit.Rule {
	return []audit.Rule{
		{Name: "hours", Tables: []string{"hours"}, Keep: 8 * 24 * time.Hour, Nameless: true,
			What: "Hitungan per jam seluruh layanan", Since: "jamnya",
			Why: "Banjir permintaan dibandingkan dengan seminggu.",
			Due: audit.Counted(countOldHours), Purge: audit.Deleted(purgeHours)},
		{Name: "limits", Tables: []string{"limits"}, Minutely: true, Silent: true,
			What: "Batas percobaan (tersandi)", Since: "batas pulih",
			Why: "Tidak membatasi apa pun lagi.",
			Due: audit.Counted(countOldLimits), Purge: audit.Deleted(purgeLimits)},
		{Name: "captchas", Tables: []string{"captchas"}, Minutely: true, Silent: true, Nameless: true,
			What: "Angka pemeriksaan", Since: "angka kedaluwarsa",
			Why: "Berlaku lima menit.",
			Due: audit.Counted(countOldCaptchas), Purge: audit.Deleted(purgeCaptchas)},
		{Name: "proofs", Tables: []string{"spent_proofs"}, Minutely: true, Silent: true, Nameless: true,
			What: "Bukti kerja peramban yang sudah dipakai", Since: "tantangannya kedaluwarsa",
			Why: "Hanya agar tidak dipakai dua kali.",
			Due: audit.Counted(countOldSpents), Purge: audit.Deleted(purgeSpents)},
		{Name: "installation", Tables: []string{"installation", "retention_runs", "leases"}, Nameless: true,
			What: "Tanda pemasangan dan catatan pembersihan", Why: audit.KeptByAgency},
	}
}

// sweep forgets what lives for minutes. The app runs it each minute.
func (a *App) sweep(ctx context.Context) error {
	return a.purgeWhere(ctx, func(r audit.Rule) bool { return r.Minutely })
}

// purge deletes whatever else is due. The app runs it each hour.
func (a *App) purge(ctx context.Context) error {
	var failed error
	if a.AuditKeep > 0 {
		_, failed = audit.MakeFloor(ctx, a.DB, a.Checks.Copy, a.AuditKeep, audit.Actor{Kind: audit.Clock})
	}
	return errors.Join(failed, a.purgeWhere(ctx, func(r audit.Rule) bool { return !r.Minutely }))
}

func (a *App) purgeWhere(ctx context.Context, which func(audit.Rule) bool) error {
	rules := slices.DeleteFunc(Rules(a.AuditKeep), func(r audit.Rule) bool { return !which(r) })
	return audit.Purge(ctx, a.DB, rules, audit.Actor{Kind: audit.Clock})
}
