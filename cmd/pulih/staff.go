package main

import (
	"context"
	"strings"

	"pulih/accounts"
	"pulih/secret"
)

// staffCmd sets up who works here. Every change is mailed to the supervisors
// (impostor 17).
type staffCmd struct {
	Add      staffAddCmd     `cmd:"" help:"Enter a member of staff; prints a set-up code for one use within 60 minutes."`
	List     staffListCmd    `cmd:"" help:"List all staff."`
	Roles    staffRolesCmd   `cmd:"" help:"Give a member other roles."`
	Disable  staffDisableCmd `cmd:"" help:"Close a staff account at once."`
	ResetMFA staffResetCmd   `cmd:"" name:"reset-mfa" help:"Take password and authenticator away at once; prints a new set-up code."`
}

type (
	staffAddCmd struct {
		consoleFlags
		NIP    string          `name:"nip" required:"" env:"-" help:"His NIP or NI PPPK; one staff account each."`
		Name   string          `required:"" env:"-" help:"His name."`
		Email  string          `required:"" env:"-" help:"Where he is told of changes to this account."`
		Role   []accounts.Role `required:"" aliases:"roles" env:"-" help:"petugas, verifikator, penyelia or admin; may be given several times."`
		Office string          `env:"-" placeholder:"NAME" help:"The agency whose tickets he sees; the one of the settings when left out."`
		screen
	}
	staffListCmd struct {
		consoleFlags
		screen
	}
	staffRolesCmd struct {
		consoleFlags
		NIP  string          `name:"nip" required:"" env:"-" help:"Whose."`
		Role []accounts.Role `required:"" aliases:"roles" env:"-" help:"All roles he is to have."`
		screen
	}
	staffDisableCmd struct {
		consoleFlags
		NIP string `name:"nip" required:"" env:"-" help:"Whose."`
		screen
	}
	staffResetCmd struct {
		consoleFlags
		NIP string `name:"nip" required:"" env:"-" help:"Whose."`
		screen
	}
)

// Run enters a member and prints his set-up code.
func (c *staffAddCmd) Run(ctx context.Context) error {
	return c.founding(ctx, func(d directory) error {
		code, err := d.AddStaff(ctx, accounts.NewStaff{NIP: secret.NIP(c.NIP), Name: c.Name, Email: secret.Email(c.Email),
			Agency: c.Office, Roles: c.Role}, d.by)
		if err != nil {
			return err
		}
		return c.hand(code, c.BaseURL)
	})
}

// hand shows a set-up code, once and only here.
func (s screen) hand(code secret.Code, base string) error {
	return s.say("Kode aktivasi, berlaku 60 menit, sekali pakai:\n\n    %s\n\nBuka %s/petugas/aktivasi.\n"+
		"Serahkan kode ini langsung kepada orangnya, bukan lewat email atau chat.", code.Grouped(), strings.TrimSuffix(base, "/"))
}

// Run gives a member other roles.
func (c *staffRolesCmd) Run(ctx context.Context) error {
	return c.change(ctx, c.NIP, func(d directory, nip secret.NIP) error {
		if err := d.SetRoles(ctx, nip, c.Role, d.by); err != nil {
			return err
		}
		return c.say("Perannya sekarang: %s. Ia perlu masuk lagi.", words(c.Role))
	})
}

// Run closes a staff account.
func (c *staffDisableCmd) Run(ctx context.Context) error {
	return c.change(ctx, c.NIP, func(d directory, nip secret.NIP) error {
		if err := d.DisableStaff(ctx, nip, d.by); err != nil {
			return err
		}
		return c.say("Akun petugas dinonaktifkan. Semua sesinya sudah berakhir.")
	})
}

// Run gives a member a new set-up code.
func (c *staffResetCmd) Run(ctx context.Context) error {
	return c.change(ctx, c.NIP, func(d directory, nip secret.NIP) error {
		code, err := d.ResetStaffMFA(ctx, nip, d.by)
		if err != nil {
			return err
		}
		return c.hand(code, c.BaseURL)
	})
}
