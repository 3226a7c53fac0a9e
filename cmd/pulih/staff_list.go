package main

import (
	"context"
	"strings"

	"pulih/accounts"
)

// Run lists all staff.
func (c *staffListCmd) Run(ctx context.Context) error {
	return c.within(ctx, func(d directory) error {
		all, err := d.Members(ctx)
		if err != nil {
			return err
		}
		for _, m := range all {
			if err := c.say("%-21s  %-30s  %-28s  %s", accounts.Group(m.NIP), m.Name, words(m.Roles), standing(m, d)); err != nil {
				return err
			}
		}
		return nil
	})
}

func words(roles []accounts.Role) string {
	var all []string
	for _, r := range roles {
		all = append(all, string(r))
	}
	return strings.Join(all, ", ")
}

// standing says in words how far an account is.
func standing(m accounts.Member, d directory) string {
	now := d.db.Now()
	switch {
	case m.DisabledAt != 0:
		return "nonaktif sejak " + m.DisabledAt.Date(d.zone)
	case m.SetupUntil > now:
		return "menunggu aktivasi sampai pukul " + m.SetupUntil.Hour(d.zone)
	case m.SetupUntil > 0:
		return "kode aktivasi kedaluwarsa; jalankan reset-mfa"
	case m.ApprovesFrom > now:
		return "aktif, menyetujui mulai " + m.ApprovesFrom.Long(d.zone)
	}
	return "aktif"
}
