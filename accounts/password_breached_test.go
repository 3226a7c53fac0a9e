package accounts

import (
	"bytes"
	"crypto/sha1"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"pulih/secret"
)

func breachedFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "breached.txt")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func hashOf(password string) string { return fmt.Sprintf("%X", sha1.Sum([]byte(password))) }

// breachedLines are the sorted hashes of n made-up passwords.
func breachedLines(n int) []string {
	lines := make([]string, n)
	for i := range lines {
		lines[i] = hashOf(fmt.Sprintf("bocor-%d", i))
	}
	slices.Sort(lines)
	return lines
}

// Every line is found, the first and the last too, with and without counts,
// however lines end; what is missing is not, wherever it would stand.
func TestEachBreachedPasswordIsFound_PW04(t *testing.T) {
	for _, n := range []int{1, 2, 3, 500} {
		for _, end := range []string{"\n", "\r\n", ":1\n", ":37615252\r\n"} {
			for _, last := range []string{end, strings.TrimRight(end, "\r\n")} {
				lines := breachedLines(n)
				b, err := OpenBreached(breachedFile(t, strings.Join(lines, end)+last), slog.New(slog.DiscardHandler))
				if err != nil {
					t.Fatal(n, end, err)
				}
				for i, line := range lines {
					if found, err := b.find(line); err != nil || !found {
						t.Errorf("%d lines, %q: line %d is not found: %v", n, end, i+1, err)
					}
				}
				for _, missing := range append(breachedLines(n+50), strings.Repeat("0", 40), strings.Repeat("F", 40)) {
					found, err := b.find(missing)
					if err != nil || found != slices.Contains(lines, missing) {
						t.Errorf("%d lines, %q: %s: %v, %v", n, end, missing, found, err)
					}
				}
			}
		}
	}
}

func TestWhatIsNoBreachedFileIsRefused_PW04(t *testing.T) {
	lines := breachedLines(500)
	backwards := slices.Clone(lines)
	slices.Reverse(backwards)
	short := make([]string, 500)
	for i := range short {
		short[i] = lines[i][:32]
	}
	for name, text := range map[string]string{
		"nothing": "", "empty lines": "\n\n\n", "words": "password\n123456\n", "by frequency": strings.Join(backwards, ":1\n"),
		"NTLM": strings.Join(short, "\n"), "lower case": strings.ToLower(strings.Join(lines, "\n")),
		"one line of everything": strings.Join(lines, ","), "a web page": "<!doctype html>" + strings.Repeat("x", 9000),
	} {
		if _, err := OpenBreached(breachedFile(t, text), slog.New(slog.DiscardHandler)); !errors.Is(err, ErrBreached) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, path := range []string{filepath.Join(t.TempDir(), "none"), t.TempDir()} {
		if _, err := OpenBreached(path, slog.New(slog.DiscardHandler)); err == nil {
			t.Errorf("%s is taken", path)
		}
	}
}

// The reason is told; the person's own rules come first; NFC is one password.
func TestABreachedPasswordIsRefused_PW04(t *testing.T) {
	const leaked, accented = "Kapal-Layar-Tua-39", "Kapal-L\u00e4yar-Tua-39"
	lines := []string{hashOf(leaked), hashOf(accented), hashOf("Pendek1!")}
	slices.Sort(lines)
	b, err := OpenBreached(breachedFile(t, strings.Join(lines, ":2\n")), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	a := &Accounts{breached: b}
	for password, want := range map[string]string{
		leaked: "pernah bocor", accented: "pernah bocor", norm.NFD.String(accented): "pernah bocor",
		"Kapal-Layar-Tua-40": "", "Pendek1!": "paling sedikit 12",
	} {
		got := strings.Join(a.CheckPassword(secret.Password(password), prasetyo), " ")
		if (want == "") != (got == "") || !strings.Contains(got, want) || strings.Contains(want, "sedikit") && strings.Contains(got, "bocor") {
			t.Errorf("%q: %q, want %q", password, got, want)
		}
	}
	if reasons := (&Accounts{}).CheckPassword(leaked, prasetyo); len(reasons) > 0 {
		t.Error("without a file:", reasons)
	}
}

// A disk that fails must lock nobody out: the password passes, and the log
// says that it was not looked up, without it (PW-04, ASVS 16.5.2).
func TestAFailingFileLetsPassAndSaysSo_PW04(t *testing.T) {
	path, log := breachedFile(t, strings.Join(breachedLines(500), "\n")), &bytes.Buffer{}
	b, err := OpenBreached(path, slog.New(slog.NewJSONHandler(log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	b.file.(*os.File).Close()
	if reasons := (&Accounts{breached: b}).CheckPassword("Kapal-Layar-Tua-39", prasetyo); len(reasons) > 0 {
		t.Error(reasons)
	}
	if !strings.Contains(log.String(), "unchecked") || strings.Contains(log.String(), "Kapal") {
		t.Errorf("the log says %q", log)
	}
}
