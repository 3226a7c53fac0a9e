package guide

import (
	"slices"
	"strings"
	"testing"

	"pulih/db"
)

var words = Words{Portal: "Portal Contoh", Address: "https://portal.example.go.id", Entry: "contoh-entri"}

func catalogue(t *testing.T) *Catalogue {
	t.Helper()
	c, err := LoadCatalogue(Builtin(), words)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func symptom(t *testing.T, key string) Symptom {
	t.Helper()
	s, ok := catalogue(t).Symptom(key)
	if !ok {
		t.Fatal(key)
	}
	return s
}

// Addresses are bookmarked and printed: a key stays as it is.
var all = []string{
	"otp-tidak-valid", "terkunci-sementara", "salah-entri", "kode-aktivasi-ditolak", "kode-terlambat",
	"aplikasi-bermasalah", "otp-tidak-muncul", "otp-kosong", "otp-belum-punya", "lupa-sandi", "sandi-lemah",
	"sandi-ditolak", "kode-email-tidak-masuk", "email-tidak-bisa-dipakai", "gagal-setelah-reset", "captcha-ditolak",
	"autentikator-hilang", "ganti-nomor", "qr-tidak-muncul", "qr-tidak-bisa-dipindai", "gagal-aktivasi",
	"perangkat-tidak-terdaftar", "hapus-daftar-ulang", "akun-nonaktif", "portal-lambat", "dialihkan",
	"belum-pernah-masuk", "nip-tidak-ditemukan", "data-salah", "penipuan", "bantu-orang-lain", "sandi-tersimpan",
	"pesan-lain", "semua-sudah-dicoba",
}

func TestAll34SymptomsAreThere_domain16(t *testing.T) {
	var keys []string
	for i, s := range catalogue(t).Symptoms() {
		if s.No != i+1 {
			t.Errorf("%s has number %d", s.Key, s.No)
		}
		keys = append(keys, s.Key)
	}
	if !slices.Equal(keys, all) {
		t.Error(keys)
	}
}

func TestNamesOfThePortalComeFromTheSettings(t *testing.T) {
	c := catalogue(t)
	met := map[string]bool{}
	c.prose(func(place string, text *string) {
		if strings.ContainsAny(*text, "{}") {
			t.Errorf("%s: %s", place, *text)
		}
		for _, name := range []string{"Portal Contoh", "portal.example.go.id", "contoh-entri"} {
			met[name] = met[name] || strings.Contains(*text, name)
		}
		if strings.Contains(*text, "https://") {
			t.Errorf("%s: nobody types https://: %s", place, *text)
		}
	})
	if len(met) != 3 || !met["Portal Contoh"] || !met["portal.example.go.id"] || !met["contoh-entri"] {
		t.Error(met)
	}
}

func TestEveryMessageOfTheDomainIsThere_domain16(t *testing.T) {
	messages := map[string]string{}
	for _, s := range catalogue(t).Symptoms() {
		for _, m := range s.Messages {
			messages[m.Text] += s.Key + " "
		}
	}
	for _, text := range []string{
		"Invalid authenticator code.", "Invalid username or password.",
		"Account is temporarily disabled; contact your administrator or retry later.",
		"Account is disabled, contact your administrator.",
		"Your login attempt timed out. Login will start from the beginning.",
		"Action expired. Please continue with login now.", "Page has expired", "Please specify authenticator code.",
		"Please specify device name.", "You need to set up Mobile Authenticator to activate your account.",
		"You need to change your password.", "Invalid password: minimum length 12.",
		"Invalid password: must contain at least 1 upper case characters.",
		"Invalid password: must contain at least 1 special characters.",
		"Invalid password: must not be equal to any of last 3 passwords.",
		"Failed to send email, please try again later.", "We are sorry...",
	} {
		if messages[text] == "" {
			t.Errorf("nobody explains %q", text)
		}
	}
}

// The portal shows the same words for a lock as for a wrong code or password (keycloak.md, messages_id).
func TestLockThatLooksLikeAWrongCodeIsToldAsSuch_domain16(t *testing.T) {
	for _, key := range []string{"otp-tidak-valid", "sandi-ditolak"} {
		s := symptom(t, key)
		if !strings.Contains(s.Messages[0].Meaning, "terkunci sementara") {
			t.Errorf("%s: %s", key, s.Messages[0].Meaning)
		}
		if first := s.Steps[0]; first.Key != "hitung-percobaan" || first.Failed != "gejala/terkunci-sementara" {
			t.Errorf("%s starts with %s: %s", key, first.Key, first.Failed)
		}
	}
	lock := symptom(t, "terkunci-sementara")
	if lock.Steps[0].Tool != WaitTool || !strings.HasPrefix(lock.Warning, "Jangan mencoba") {
		t.Error(lock.Warning, lock.Steps[0])
	}
}

// What the newspapers advise here destroys the account (domain.md §1.6, corrections).
func TestStopSignsStandBeforeWhatDestroysTheAccount(t *testing.T) {
	for _, key := range []string{"aplikasi-bermasalah", "otp-tidak-muncul", "autentikator-hilang", "hapus-daftar-ulang"} {
		if s := symptom(t, key); !strings.Contains(s.Warning, "Jangan") && !strings.Contains(s.Warning, "jangan") {
			t.Errorf("%s: %q", key, s.Warning)
		}
	}
}

func TestOldEntryIsDeletedLast_domain16(t *testing.T) {
	s := symptom(t, "hapus-daftar-ulang")
	var keys []string
	for _, step := range s.Steps {
		keys = append(keys, step.Key)
	}
	if !slices.Equal(keys, []string{"daftar-ulang", "masa-tunggu", "pindai", "uji-masuk", "hapus-lama", "masuk"}) {
		t.Error(keys)
	}
}

// A password changed by mail is no remaining factor for seven days (impostor 1), so nobody is sent to change it first.
func TestChangeOfPasswordSaysWhatItCosts_impostor1(t *testing.T) {
	for _, s := range catalogue(t).Symptoms() {
		for i, step := range s.Steps {
			if step.Tool != PasswordTool || !strings.Contains(step.Title, "sandi") {
				continue
			}
			if !strings.Contains(step.Risk, "7 hari") {
				t.Errorf("%s, step %d: %q", s.Key, i+1, step.Risk)
			}
		}
	}
}

func TestPlacesFollowWays(t *testing.T) {
	c := catalogue(t)
	for _, test := range []struct {
		from Place
		way  Way
		to   Place
		ok   bool
	}{
		{Place{"otp-tidak-valid", "cek-jam"}, Onward, Place{"otp-tidak-valid", "jam-otomatis"}, true},
		{Place{"otp-tidak-valid", "cek-jam"}, "langkah/buka-ulang", Place{"otp-tidak-valid", "buka-ulang"}, true},
		{Place{"otp-tidak-valid", "cek-jam"}, "gejala/lupa-sandi", Place{"lupa-sandi", "autentikator-ada"}, true},
		{Place{"otp-tidak-valid", "kode-baru"}, Onward, Place{}, false},
		{Place{"otp-tidak-valid", "kode-baru"}, Solved, Place{}, false},
		{Place{"otp-tidak-valid", "kode-baru"}, HandOver, Place{}, false},
		{Place{"otp-tidak-valid", "kode-baru"}, "gejala/tidak-ada", Place{}, false},
	} {
		to, ok := c.Next(test.from, test.way)
		if ok != test.ok || ok && to != test.to {
			t.Errorf("%v %s: %v %v", test.from, test.way, to, ok)
		}
	}
}

// A wait counts from the answer that led to it: reloading its page does not begin it anew.
func TestAWaitBeginsWithTheAnswerThatLedToIt(t *testing.T) {
	c := catalogue(t)
	wait := Place{"terkunci-sementara", "berhenti"}
	led := StepOutcome{Place{"otp-tidak-valid", "hitung-percobaan"}, Failed, 100}
	own := StepOutcome{wait, Worked, 200}
	elsewhere := StepOutcome{Place{"lupa-sandi", "autentikator-ada"}, Worked, 150}
	for _, test := range []struct {
		name  string
		steps []StepOutcome
		want  db.Time
	}{
		{"no walk", nil, 0},
		{"led here", []StepOutcome{led}, 100},
		{"led here, and answered since", []StepOutcome{led, own}, 100},
		{"led here, then elsewhere", []StepOutcome{led, elsewhere}, 0},
		{"never led here", []StepOutcome{elsewhere, own}, 0},
	} {
		if got := c.LedAt(Walk{Steps: test.steps}, wait); got != test.want {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}

// Each way on of a step asks for an outcome; the fourth button hands over.
func TestOutcomesLeadWhereTheStepSays(t *testing.T) {
	s := Step{Worked: "selesai", Failed: "lanjut", Cannot: "gejala/lupa-sandi"}
	for o, want := range map[Outcome]Way{Worked: "selesai", Failed: "lanjut", Cannot: "gejala/lupa-sandi", Handed: HandOver} {
		if got := s.Way(o); got != want {
			t.Errorf("%s leads to %q", o, got)
		}
	}
}

// A measured clock answers by itself; only where a step says so is amber good
// enough (clock.md §4.5).
func TestAMeasuredClockAnswers_clock45(t *testing.T) {
	for _, c := range []struct {
		light Light
		amber bool
		want  Outcome
	}{{Green, false, Worked}, {Amber, false, Failed}, {Amber, true, Worked}, {Red, true, Failed}} {
		if got := (Step{Amber: c.amber}).Measured(c.light); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
	last, _ := symptom(t, "otp-tidak-valid").Step("uji-terakhir")
	if last.Measured(Amber) != Worked {
		t.Error("amber never comes to the fresh code")
	}
}

// Unlocking never clears wrong codes (impostor 13): nobody whose codes were refused is sent to it.
func TestUnlockingIsForPasswords_impostor13(t *testing.T) {
	s := symptom(t, "terkunci-sementara")
	asked, _ := s.Step("ingat")
	next, _ := s.After("ingat")
	if next.Tool != UnlockTool || asked.Worked != Onward || asked.Failed == Onward || asked.Cannot == Onward {
		t.Error(asked, next)
	}
}

// A verdict that stays red after automatic time leads to the app's own correction, then to a test of the app; amber goes on.
func TestTheClockIsTestedUntilItIsRight(t *testing.T) {
	s := symptom(t, "otp-tidak-valid")
	var keys []string
	for _, step := range s.Steps[1:] {
		keys = append(keys, step.Key)
	}
	if !slices.Equal(keys, []string{"cek-jam", "jam-otomatis", "uji-lagi", "buka-ulang", "uji-terakhir", "kode-baru"}) {
		t.Error(keys)
	}
	retest, _ := s.Step("uji-lagi")
	last, _ := s.Step("uji-terakhir")
	if retest.Failed != Onward || last.Worked != Onward || last.Failed != HandOver {
		t.Error(retest, last)
	}
	for _, key := range []string{"terkunci-sementara", "kode-aktivasi-ditolak"} {
		if next, _ := symptom(t, key).After("jam-otomatis"); next.Tool != ClockTool {
			t.Errorf("%s: %s after automatic time", key, next.Key)
		}
	}
}

// By its name nobody can tell which entry is void: that of the portal and that
// of Pulih are both somebody's, and the new one may have the name of the old.
func TestNoEntryIsDeletedByItsName(t *testing.T) {
	catalogue(t).prose(func(place string, text *string) {
		low := strings.ToLower(*text)
		if strings.Contains(low, "hapus entri contoh-entri") && !strings.Contains(low, "jangan hapus") {
			t.Errorf("%s: %s", place, *text)
		}
	})
}
