package app

import (
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pulih/views"
)

func TestFilingEndsWithAReceiptThatShowsItsSecretOnce_impostor10(t *testing.T) {
	x := newTest(t)
	b := x.browser()
	receipt := b.file()
	receipt.mustSay(t, http.StatusOK, "Simpan halaman ini sekarang")
	number, key := receipt.Find("#nomor").Text(), strings.Join(strings.Fields(receipt.Find("#kunci").Text()), "")
	if len(number) != len("PUL-7K3M-9QXD") || len(key) != receiptSecret {
		t.Fatalf("number %q, key of %d", number, len(key))
	}
	if again := b.get(views.StatusPath(number, "")); !strings.Contains(again.body, key[:4]) {
		t.Error("loading again before it was saved lost the secret")
	}
	status := b.follow(b.submit(receipt))
	status.mustSay(t, http.StatusOK, "Permohonan Anda menunggu petugas")
	if strings.Contains(status.body, key) || strings.Contains(status.body, key[:4]+"</span>") {
		t.Error("the status shows the secret again")
	}
}

// Neither receipt nor status tells whether the roster has a number, nor of
// which agency it is, though agencies have hours and targets of their own.
func TestReceiptsLookTheSameForEveryNumber_EN08(t *testing.T) {
	x := newTest(t)
	x.employee("198609262015051001")
	far := x.employee("198711032016041002")
	x.lawExec(`UPDATE people SET agency = 'BKD Kota Lain' WHERE id = $1`, far.ID)
	x.setting(x.Site.Agency, "target", `{"mfa":600}`)
	x.setting("BKD Kota Lain", "target", `{"mfa":60}`)
	x.setting("BKD Kota Lain", "kalender", `{"Zone":"WIB","Week":["","09.00-10.00","09.00-10.00","09.00-10.00","09.00-10.00","09.00-10.00",""]}`)
	var first [2]page
	for i, nip := range []string{"198609262015051001", "198711032016041002", "199408172022211003"} {
		b := x.browser()
		receipt := b.file("nip", nip, "nama", "Siti Contoh")
		pages := [2]page{receipt, b.follow(b.submit(receipt))}
		pages[1].mustSay(t, http.StatusOK, "Kami periksa paling lambat")
		if i == 0 {
			first = pages
		}
		for j, p := range pages {
			looksLike(t, p, first[j])
		}
	}
}

// looksLike compares two pages but for what is random.
func looksLike(t testing.TB, p, other page) {
	t.Helper()
	if a, b := p.anonymous(), other.anonymous(); a != b {
		t.Errorf("the pages differ:\n%s\n%s", a, b)
	}
	if a, b := slices.Sorted(maps.Keys(p.header)), slices.Sorted(maps.Keys(other.header)); !slices.Equal(a, b) {
		t.Errorf("headers differ: %v %v", a, b)
	}
}

// setting is what an agency has set.
func (x *test) setting(agency, name, value string) {
	x.t.Helper()
	x.lawExec(`INSERT INTO settings (agency, name, version, value, from_at, made_at, made_by, made_name, second_by, second_name)
		VALUES ($1, $2, 1, $3, 1, 1, 'a', 'A', 'b', 'B')`, agency, name, value)
}

// anonymous is the page without what is random in it.
func (p page) anonymous() string {
	text := aNumber.ReplaceAllString(p.text(), "…")
	if key := strings.Join(strings.Fields(p.Find("#kunci").Text()), " "); key != "" {
		text = strings.ReplaceAll(text, key, "…")
	}
	return text
}

var aNumber = regexp.MustCompile(`PUL-[0-9A-Z]{4}-[0-9A-Z]{4}`)

// What is said of the way fits the kind: nobody who wants another address is
// promised an authenticator.
func TestTheReceiptFitsTheKind(t *testing.T) {
	x := newTest(t)
	for cause, want := range map[string]string{"email": "Anda menulis email baru", "aktivasi": "Anda mengaktifkan akun", "penipuan": "Amankan akun Anda sekarang"} {
		p := x.browser().file("sebab", cause)
		p.mustSay(t, http.StatusOK, want)
		if strings.Contains(p.text(), "autentikator baru") {
			t.Errorf("%s: %s", cause, p.text())
		}
	}
	x.filed("sebab", "email", "nip", "199408172022211003").page("").mustSay(t, http.StatusOK, "Tulis email baru Anda")
	if text := x.filed("sebab", "aktivasi", "nip", "199408172022211003").page("").text(); strings.Contains(text, "Buktikan diri") {
		t.Error("who was never in is asked for his password")
	}
}
