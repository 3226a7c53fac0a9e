package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pulih/accounts"
	"pulih/app"
	"pulih/audit"
	"pulih/db"
	"pulih/secret"
)

// aConsole is an installation in a folder of the test.
func aConsole(t *testing.T) consoleFlags {
	t.Helper()
	c := consoleFlags{Sender: "pulih@example.go.id", siteFlags: siteFlags{
		Agency: "BKPSDM Kabupaten Contoh", Portal: "ASN Digital", PortalAddress: "https://portal.example.go.id",
		Hours: "Senin–Jumat", Phone: "(0401) 555 0100", Address: "Jl. Contoh No. 1", Zone: "WITA", BaseURL: "https://pulih.example.go.id/"}}
	c.Database = filepath.Join(t.TempDir(), "pulih.db")
	c.KeysSealing, c.KeyPepper = "1:"+secret.NewKey(), secret.NewKey()
	return c
}

const rosterText = "NIP;Nama;Unit Kerja;Instansi;Email\n" +
	"198609262015052001;Siti Contoh;Dinas Pendidikan;Pemkab Contoh;siti@example.go.id\n" +
	"199408172022211003;Budi Contoh;RSUD;Pemkab Contoh;budi@example.go.id\n"

func imported(t *testing.T, c consoleFlags, text string, flags ...string) (string, error) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "people.csv")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	cmd := importCmd{consoleFlags: c, File: file, Apply: len(flags) > 0, BrakeOff: map[accounts.BrakeName]int{}, screen: screen{&out}}
	for _, released := range flags[min(1, len(flags)):] {
		cmd.BrakeOff[accounts.BrakeName(released)] = 1
	}
	err := cmd.Run(context.Background())
	return out.String(), err
}

func TestImportIsADryRunUntilApplied(t *testing.T) {
	c := aConsole(t)
	for range 2 {
		if out, err := imported(t, c, rosterText); err != nil || !strings.Contains(out, "Ditambahkan (2)") || !strings.Contains(out, "Tidak ada yang diubah") {
			t.Fatal(out, err)
		}
	}
	if out, err := imported(t, c, rosterText, "--apply"); err != nil || !strings.Contains(out, "Selesai diterapkan") {
		t.Fatal(out, err)
	}
	if out, err := imported(t, c, rosterText, "--apply"); err != nil || !strings.Contains(out, "Tidak ada yang perlu diubah") || !strings.Contains(out, "2 tetap") {
		t.Fatal(out, err)
	}
}

func TestBrakeIsReleasedByItsNumber(t *testing.T) {
	c := aConsole(t)
	if _, err := imported(t, c, rosterText, "--apply"); err != nil {
		t.Fatal(err)
	}
	one := rosterText[:strings.LastIndex(strings.TrimSuffix(rosterText, "\n"), "\n")+1]
	out, err := imported(t, c, one, "--apply")
	if !errors.Is(err, accounts.ErrBrake) || !strings.Contains(out, "--brake-off deactivated=1") {
		t.Fatal(out, err)
	}
	if _, err := imported(t, c, one, "--apply", "deactivated"); err != nil {
		t.Fatal(err)
	}
}

func TestConsoleRefusesADemosDatabase_impostor20(t *testing.T) {
	c := aConsole(t)
	d, err := openDatabase(context.Background(), c.Database)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(app.RefuseReal(context.Background(), d), d.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := imported(t, c, rosterText); !errors.Is(err, app.ErrDemoDatabase) {
		t.Error(err)
	}
}

// A slip in the address must not make a database, nor cry of a cut tail.
func TestOnlyFoundersMakeADatabase(t *testing.T) {
	c, ctx := aConsole(t), context.Background()
	check := checkCmd{Database: c.Database, AuditCopy: c.Database + ".jsonl", figuresFlags: figuresFlags{Zone: "WITA"}}
	for name, run := range map[string]func() error{
		"check": func() error { return check.Run(ctx) },
		"list":  func() error { return (&staffListCmd{consoleFlags: c}).Run(ctx) },
		"roles": func() error {
			return (&staffRolesCmd{consoleFlags: c, NIP: string(nip), Role: []accounts.Role{accounts.Agent}}).Run(ctx)
		},
		"rotate": func() error { return (&keysRotateCmd{consoleFlags: c}).Run(ctx) },
	} {
		if err := run(); !errors.Is(err, db.ErrNone) || !strings.Contains(err.Error(), "no database at "+c.Database) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if left, err := os.ReadDir(filepath.Dir(c.Database)); err != nil || len(left) > 0 {
		t.Errorf("left %v, %v", left, err)
	}
	if err := os.WriteFile(c.Database, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := check.Run(ctx); !errors.Is(err, db.ErrNone) {
		t.Errorf("an empty file: %v", err)
	}
}

// serve runs as a user of its own, and cannot open what root made for it.
func TestRootMakesNoDatabaseInAnothersFolder(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root makes files that others cannot open")
	}
	c := aConsole(t)
	folder := filepath.Dir(c.Database)
	must(t, os.Chown(folder, 65534, 65534))
	if _, err := imported(t, c, rosterText, "--apply"); !errors.Is(err, errNotRoots) {
		t.Error(err)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("left %v, %v", left, err)
	}
	must(t, os.Chown(folder, 0, 0))
	if _, err := imported(t, c, rosterText, "--apply"); err != nil {
		t.Error(err)
	}
}

func TestCheckWithoutACopy(t *testing.T) {
	c, ctx := aConsole(t), context.Background()
	if _, err := imported(t, c, rosterText, "--apply"); err != nil {
		t.Fatal(err)
	}
	check := checkCmd{Database: c.Database, AuditCopy: c.Database + ".jsonl", figuresFlags: figuresFlags{Zone: "WITA"}}
	if err := check.Run(ctx); err != nil {
		t.Errorf("before serve wrote the first: %v", err)
	}
	d, err := existing(ctx, c.Database)
	if err != nil {
		t.Fatal(err)
	}
	_, err = audit.Sealer{DB: d}.Seal(ctx)
	if err := errors.Join(err, d.Close()); err != nil {
		t.Fatal(err)
	}
	if err := check.Run(ctx); !errors.Is(err, errNoCopy) {
		t.Errorf("a copy that is gone: %v", err)
	}
}

// The commands as the shell calls them, with the settings in the environment.
func TestStaffFromTheShell(t *testing.T) {
	c := aConsole(t)
	for name, value := range map[string]string{
		"DATABASE": c.Database, "KEYS_SEALING": c.KeysSealing, "KEY_PEPPER": c.KeyPepper, "AGENCY": c.Agency, "HOURS": c.Hours,
		"PHONE": c.Phone, "ADDRESS": c.Address, "ZONE": c.Zone, "BASE_URL": c.BaseURL, "SENDER": c.Sender,
		"APPLY": "true", "ROLE": "admin", "NIP": "1",
	} {
		t.Setenv("PULIH_"+name, value)
	}
	ctx := context.Background()
	add := []string{"staff", "add", "--nip", "19860926 201505 2 001", "--name", "Siti Contoh", "--email", "siti@example.go.id",
		"--role", "petugas", "--role", "verifikator"}
	if err := run(ctx, add); err != nil {
		t.Fatal(err)
	}
	if err := run(ctx, add); !errors.Is(err, accounts.ErrStaffExists) {
		t.Errorf("twice: %v", err)
	}
	for _, args := range [][]string{
		{"staff", "roles", "--nip", "198609262015052001", "--roles", "petugas,penyelia"},
		{"staff", "reset-mfa", "--nip", "198609262015052001"}, {"staff", "list"}, {"staff", "disable", "--nip", "198609262015052001"},
		{"keys", "new"}, {"keys", "new", "--number", "2"}, {"keys", "rotate"},
	} {
		if err := run(ctx, args); err != nil {
			t.Errorf("%v: %v", args, err)
		}
	}
	for _, args := range [][]string{
		{"staff", "add", "--nip", "1", "--name", "S", "--email", "s@example.go.id", "--role", "petugas"},
		{"staff", "add", "--nip", "198609262015052001", "--name", "S", "--email", "s@example.go.id", "--role", "raja"},
		{"staff", "disable", "--nip", "198609262015052001"}, {"staff", "reset-mfa", "--nip", "199408172022211003"},
		{"staff", "add"}, {"staff", "disable"}, {"import"}, {"import", "/nonexistent.csv"}, {"keys", "new", "--number", "0"},
	} {
		if err := run(ctx, args); err == nil {
			t.Errorf("%v is accepted", args)
		}
	}
}

// A list of what is missing that ends before the keys is met twice.
func TestServeNamesEverythingThatIsMissing(t *testing.T) {
	err := run(context.Background(), []string{"serve"})
	if err == nil {
		t.Fatal("serves without settings")
	}
	for _, name := range []string{"--database", "--keys-sealing-file", "--key-pepper-file", "--agency", "--audit-copy", "--smtp-host", "--sender", "--zone"} {
		if !strings.Contains(err.Error(), name) {
			t.Errorf("%s is not named: %v", name, err)
		}
	}
}

func TestErrorsAreOneSentence(t *testing.T) {
	for err, want := range map[error]string{
		fmt.Errorf("accounts: add staff: %w", accounts.ErrStaffExists): "staff reset-mfa",
		fmt.Errorf("accounts: staff: %w", accounts.ErrNoStaff):         "staff list",
		setting("database", app.ErrDemoDatabase):                       "setting database: this database belongs to a demo",
		fmt.Errorf("%w: the email", accounts.ErrStaffForm):             "staff data: the email",
	} {
		if got := sentence(err); !strings.Contains(got, want) || strings.Contains(got, "accounts:") || strings.Contains(got, "app:") {
			t.Errorf("%v is shown as %q", err, got)
		}
	}
}

func TestEnvironmentAppliesNoImport(t *testing.T) {
	t.Setenv("PULIH_APPLY", "true")
	t.Setenv("PULIH_BRAKE_OFF", "deactivated=9")
	c := aConsole(t)
	file := filepath.Join(t.TempDir(), "people.csv")
	if err := os.WriteFile(file, []byte(rosterText), 0o600); err != nil {
		t.Fatal(err)
	}
	err := run(context.Background(), []string{"import", file, "--database", c.Database, "--keys-sealing", c.KeysSealing, "--key-pepper", c.KeyPepper,
		"--agency", c.Agency, "--hours", c.Hours, "--phone", c.Phone, "--address", c.Address, "--zone", c.Zone, "--base-url", c.BaseURL, "--sender", c.Sender})
	if err != nil {
		t.Fatal(err)
	}
	if out, err := imported(t, c, rosterText); err != nil || !strings.Contains(out, "Ditambahkan (2)") {
		t.Error(out, err)
	}
}
