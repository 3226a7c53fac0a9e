package views

// RequestForm is a request as it is being filled in.
type RequestForm struct {
	Cause   string   // value of the chosen cause
	Causes  []Option // what may have happened
	NIP     string
	Name    string
	Unit    string
	Phone   string
	Problem string
	Symptom string // key, of the troubleshooter that led here
	Carried []Row  // what the troubleshooter learned and may send along
	Mark    string // of what is shown, so that nothing else is sent
	Carry   bool   // ticked
	Gate    Gate   // on the page that checks the answers
	Notices []Notice
}

// Receipt is what the person must keep. The secret is on this page and on no
// other (impostor 10).
type Receipt struct {
	Number string // PUL-7K3M-9QXD
	Secret string // 16 characters
	Target string // "Senin, 23 November 2026 pukul 10.42 WITA"
	QR     string // the address of the status with the secret, drawn
	Site   string // address of the form for number and secret
	Other  bool   // it ends in an answer, not in a new authenticator
	Done   string // where "Sudah saya simpan" posts to
}

// causeText is the chosen cause in words.
func (f RequestForm) causeText() string {
	for _, o := range f.Causes {
		if o.Value == f.Cause {
			return o.Text
		}
	}
	return ""
}

// answers lists what was typed, for checking before it is sent.
func (f RequestForm) answers() []Row {
	return []Row{
		{Key: "Yang terjadi", Value: f.causeText()},
		{Key: "NIP atau NI PPPK", Value: f.NIP},
		{Key: "Nama lengkap", Value: f.Name},
		{Key: "Unit kerja", Value: f.Unit},
		{Key: "Nomor HP", Value: orDash(f.Phone)},
		{Key: "Keterangan", Body: requestStory(orDash(f.Problem))},
	}
}

func orDash(text string) string {
	if text == "" {
		return "–"
	}
	return text
}

// next is what happens to a request from here.
func (r Receipt) next() []Moment {
	first := Moment{Title: "Petugas memeriksa", Text: "Paling lambat " + r.Target + "."}
	if r.Other {
		return []Moment{first, {Title: "Petugas menjawab", Text: "Jawaban muncul di halaman status.", Later: true}}
	}
	return []Moment{
		first,
		{Title: "Anda membuktikan diri", Text: "Kami memberi tahu caranya di halaman status.", Later: true},
		{Title: "Petugas kedua menyetujui", Text: "Dua orang memeriksa, agar akun Anda aman.", Later: true},
		{Title: "Anda mendaftarkan autentikator baru", Text: "Kode pendaftaran muncul di halaman status.", Later: true},
	}
}
