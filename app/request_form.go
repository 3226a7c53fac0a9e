package app

import (
	"errors"
	"regexp"
	"strings"
	"unicode/utf8"

	"pulih/accounts"
	"pulih/guide"
	"pulih/tickets"
	"pulih/views"
)

// requestForm is a request as it is typed. Step is "periksa", "kirim" or
// "ubah"; the gate's own buttons send none, and mean "kirim".
type requestForm struct {
	Step    string `form:"langkah,optional"`
	Cause   string `form:"sebab,optional"` // radios send nothing until one is chosen
	NIP     string `form:"nip"`
	Name    string `form:"nama"`
	Unit    string `form:"unit"`
	Phone   string `form:"hp"`
	Problem string `form:"masalah"`
	Symptom string `form:"gejala,optional"`   // of the troubleshooter that led here
	Mark    string `form:"catatan,optional"`  // of the walk that was shown
	Carry   string `form:"sertakan,optional"` // "ya" sends it along
	GateForm
}

// requestCauses are what may have happened, those of the authenticator first;
// causeKinds says what each of the others is about.
var requestCauses = []views.Option{
	{Value: "hilang", Text: "HP hilang atau dicuri"},
	{Value: "rusak", Text: "HP rusak"},
	{Value: "ganti", Text: "Ganti HP"},
	{Value: "terhapus", Text: "Aplikasi autentikator terhapus"},
	{Value: "ditolak", Text: "Kode OTP selalu ditolak"},
	{Value: "email", Text: "Email terdaftar tidak bisa dipakai"},
	{Value: "terkunci", Text: "Akun terkunci atau dinonaktifkan"},
	{Value: "aktivasi", Text: "Belum bisa mengaktifkan akun"},
	{Value: "penipuan", Text: "Akun saya mungkin dipakai orang lain"},
	{Value: "lain", Text: "Masalah lain"},
}

// causesOfKind are the causes that the symptoms of a kind stand for.
var causesOfKind = map[string]string{
	"mfa": "ditolak", "email": "email", "lock": "terkunci", "activation": "aktivasi", "fraud": "penipuan", "other": "lain",
}

const (
	maxName  = 100  // characters
	maxUnit  = 150  // characters
	maxStory = 1800 // characters; the desk takes 2,000, the cause among them
	maxReply = 2000 // characters
)

// phoneRule takes 08…, 62… and +62…, as people write them.
var phoneRule = regexp.MustCompile(`^\+?[0-9]{8,15}$`)

// tidy makes what was typed harmless to read for an agent: no control
// characters, and none that turn the direction of a line.
func (f *requestForm) tidy() {
	f.Name, f.Unit, f.Phone = oneLine(f.Name), oneLine(f.Unit), oneLine(f.Phone)
	f.Problem = manyLines(f.Problem)
	if nip, _, err := accounts.ParseNIP(f.NIP); err == nil {
		f.NIP = accounts.Group(nip)
	}
}

// read makes a filing of the form, or says what to correct, in the order of
// the page.
func (f requestForm) read() (tickets.Filing, []views.FieldError) {
	var wrong mistakes
	cause := f.cause()
	wrong.when(cause == "", "sebab", "Pilih apa yang terjadi.")
	nip, _, err := accounts.ParseNIP(f.NIP)
	wrong.when(err != nil, "nip", nipSentence(err))
	wrong.text("nama", "Nama lengkap", f.Name, 3, maxName)
	wrong.text("unit", "Unit kerja", f.Unit, 2, maxUnit)
	wrong.when(f.Phone != "" && !phoneRule.MatchString(dialled.Replace(f.Phone)), "hp", "Nomor HP berisi 8 sampai 15 angka. Contoh: 0812 3456 7890.")
	wrong.text("masalah", "Cerita", f.Problem, f.leastStory(), maxStory)
	return tickets.Filing{
		NIP: nip, Name: f.Name, Unit: f.Unit, Phone: dialled.Replace(f.Phone),
		Problem: strings.TrimSpace(cause + ".\n" + f.Problem), Cause: f.Cause, Kind: f.kind(), Channel: tickets.Remote,
	}, wrong
}

var dialled = strings.NewReplacer(" ", "", "-", "", ".", "", "(", "", ")", "")

// cause is the chosen cause in words, "" when it is none of ours.
func (f requestForm) cause() string {
	for _, o := range requestCauses {
		if o.Value == f.Cause {
			return o.Text
		}
	}
	return ""
}

// causeOf is the cause that a symptom stands for, "" for none.
func causeOf(s guide.Symptom) string {
	if s.Key == "autentikator-hilang" {
		return "hilang"
	}
	return causesOfKind[s.Kind]
}

// causeKinds are the kinds of the causes that do not end in a new
// authenticator.
var causeKinds = map[string]tickets.Kind{"email": tickets.Email, "terkunci": tickets.Lock, "aktivasi": tickets.Activation,
	"penipuan": tickets.Other, "lain": tickets.Other}

func (f requestForm) kind() tickets.Kind {
	if k, ok := causeKinds[f.Cause]; ok {
		return k
	}
	return tickets.MFA
}

// leastStory: of "another problem" we know nothing but the story, unless the
// troubleshooter led here.
func (f requestForm) leastStory() int {
	if f.Cause == "lain" && f.Symptom == "" {
		return 10
	}
	return 0
}

func (f requestForm) view() views.RequestForm {
	return views.RequestForm{
		Cause: f.Cause, Causes: requestCauses, NIP: f.NIP, Name: f.Name,
		Unit: f.Unit, Phone: f.Phone, Problem: f.Problem, Symptom: f.Symptom,
	}
}

// nipSentence is what the rules of domain.md §1.3 say of a number.
func nipSentence(err error) string {
	var bad *accounts.NIPError
	if errors.As(err, &bad) {
		return bad.Text
	}
	return "Ketik NIP atau NI PPPK Anda, 18 angka."
}

func runes(s string) int { return utf8.RuneCountInString(s) }
