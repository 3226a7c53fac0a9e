package accounts

import (
	"net/mail"
	"regexp"
	"slices"
	"strings"

	"pulih/secret"
)

// A spreadsheet that takes a NIP for a number keeps 15 of its 18 digits. What
// is lost cannot be computed, so it is refused and never guessed.
const fixSpreadsheet = "Impor ulang ke lembar kerja dengan kolom NIP berjenis Teks, lalu simpan lagi."

var scientific = regexp.MustCompile(`^[0-9]+([.,][0-9]*)?\s*[eE]\s*\+?[0-9]+$`)

// bareNIP takes off what keeps a spreadsheet from counting: an apostrophe,
// quotes, or ="…".
func bareNIP(cell string) string {
	s := strings.TrimPrefix(oneLine(cell), "=")
	return strings.TrimSpace(strings.Trim(s, `'"’‘“”`+"`"))
}

func rounded(nip string) bool { return strings.HasSuffix(nip, "000") }

// nipDamage is what the whole column and the roster say about rounding. One
// number on 000 alone is merely odd; it is damage where the column has more,
// or where somebody on file shares what rounding would have left.
type nipDamage struct {
	column bool
	stems  map[string]bool
}

func (d nipDamage) rounds(nip secret.NIP) bool { return d.column || d.stems[string(nip)[:15]] }

// stem is the 15 digits that a spreadsheet keeps. A number that really ends
// on 000 has none: it would suspect itself at the next import.
func stem(nip secret.NIP) string {
	if rounded(string(nip)) || len(nip) != nipDigits {
		return ""
	}
	return string(nip)[:15]
}

func columnDamage(s sheet) bool {
	zeros := 0
	for _, l := range s.lines {
		nip := bareNIP(s.columns.cell(l, ColumnNIP))
		if scientific.MatchString(nip) {
			return true
		}
		if len(nip) >= nipDigits && rounded(nip) {
			zeros++
		}
	}
	return zeros > 1
}

// The words of a status column, folded. What is in neither list is refused:
// whoever is called "inactive" by a guess loses his account.
var (
	activeWords = []string{"", "aktif", "active", "1", "ya", "y", "true", "pns", "cpns", "asn", "pppk", "p3k", "pppkparuhwaktu",
		"pppkpenuhwaktu", "tugasbelajar", "izinbelajar", "dipekerjakan", "diperbantukan", "masapersiapanpensiun", "mpp"}
	inactiveWords = []string{"tidakaktif", "nonaktif", "inactive", "0", "tidak", "t", "false", "pensiun", "pensiundini", "bup", "purnatugas",
		"pindah", "pindahinstansi", "pindahkeluar", "mutasi", "mutasikeluar", "meninggal", "meninggaldunia", "wafat", "berhenti", "diberhentikan",
		"pemberhentian", "pemberhentiansementara", "diberhentikansementara", "mengundurkandiri", "cltn", "cutidiluartanggungannegara", "kontrakberakhir"}
)

func readStatus(cell string) (active bool, err error) {
	word := fold(cell)
	switch {
	case slices.Contains(activeWords, word):
		return true, nil
	case slices.Contains(inactiveWords, word):
		return false, nil
	}
	return false, &lineProblem{"Status “" + oneLine(cell) + "” tidak dikenal.", "Tulis Aktif, Pensiun, Pindah, Meninggal, atau Berhenti."}
}

// readContacts leaves out what cannot be an address or a number: the person
// still belongs into the roster, and an empty cell changes nothing.
func (e *entry) readContacts(email, phone string) {
	var ok bool
	if e.email, ok = ParseEmail(email); !ok && !blank(email) {
		e.notes = append(e.notes, "Email tidak dipakai: bukan alamat email.")
	}
	if e.phone, ok = ParsePhone(phone); !ok && !blank(phone) {
		e.notes = append(e.notes, "Nomor HP tidak dipakai: bukan nomor telepon.")
	}
}

func blank(cell string) bool {
	return slices.Contains([]string{"", "0", "tidakada", "tdkada", "belumada", "kosong", "na", "null", "nihil"}, fold(cell))
}

// ParseEmail reads an address as people and spreadsheets write it, in lower
// case, since that is how addresses are compared.
func ParseEmail(typed string) (secret.Email, bool) {
	s := strings.ToLower(strings.TrimPrefix(oneLine(typed), "mailto:"))
	parsed, err := mail.ParseAddress(s)
	if err != nil || parsed.Address != s || len(s) > 254 || !emailShape.MatchString(s) {
		return "", false
	}
	return secret.Email(s), true
}

var emailShape = regexp.MustCompile(`^[a-z0-9.!#$%&'*+/=?^_{|}~-]+@[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}$`)

var phoneDigits = regexp.MustCompile(`^\+62[1-9][0-9]{6,11}$`)

// ParsePhone reads a number as Indonesians write it and gives +62…, so that
// two ways of writing one number are equal. A leading zero that a spreadsheet
// ate is put back; 8,12E+11 is refused.
func ParsePhone(typed string) (secret.Phone, bool) {
	s := strings.NewReplacer(" ", "", "-", "", ".", "", "(", "", ")", "", "/", "").Replace(bareNIP(typed))
	switch {
	case strings.HasPrefix(s, "+"):
	case strings.HasPrefix(s, "62"):
		s = "+" + s
	case strings.HasPrefix(s, "0"):
		s = "+62" + s[1:]
	default:
		s = "+62" + s
	}
	if !phoneDigits.MatchString(s) {
		return "", false
	}
	return secret.Phone(s), true
}
