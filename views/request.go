package views

// RequestForm is a request as it is being filled in.
type RequestForm struct {
	Cause     string   // value of the chosen cause
	Causes    []Option // what may have happened
	NIP       string
	Name      string
	Unit      string
	Phone     string
	Via       string // how he wants to hear from us
	Ways      []Option
	Hours     string
	HoursList []Option
	Problem   string
	Doubt     bool   // a password or a code seems to stand in Problem
	Evidence  string // when he shows his documents
	Times     []Option
	Files     string // "KTP, SK PNS"; "" for none
	Counter   string // where and when the counter is open
	Carried   []Row  // what the troubleshooter learned and may send along
	Mark      string // of what is shown, so that nothing else is sent
	Carry     bool   // ticked
	Gated     bool   // the gate was passed before an upload
	Gate      Gate   // else, on the page that checks the answers
}

// Tasks is the list of what a request needs.
type Tasks struct {
	Begun   bool
	Cause   string // that the way here stands for
	Symptom string // of the troubleshooter that led here
	Tasks   []Task
	Next    string // where to go on
	Carried []Row  // what the troubleshooter learned and may send along
	Notices []Notice
}

// Task is one part of a request.
type Task struct {
	Title string
	Href  string // "" while it cannot be opened
	Done  bool
	Later bool // it comes after all others
}

// Receipt is what the person must keep. The secret is on this page and on no
// other (impostor 10).
type Receipt struct {
	Number string   // PUL-7K3M-9QXD
	Secret string   // 16 characters
	Next   []Moment // what happens from here
	Danger bool     // somebody else may be using the account: first aid stands on top
	QR     string   // the address of the status with the secret, drawn
	Site   string   // address of the form for number and secret
	Done   string   // where "Sudah saya simpan" posts to
}

// answers lists what was typed, each with the way back to it.
func (f RequestForm) answers() []Row {
	row := func(part, key, value string) Row {
		return Row{Key: key, Value: orDash(value), Change: "/tiket/baru/" + part}
	}
	story := row("masalah", "Keterangan", "")
	story.Body = requestStory(orDash(f.Problem))
	rows := []Row{
		row("identitas", "NIP atau NI PPPK", f.NIP), row("identitas", "Nama lengkap", f.Name), row("identitas", "Unit kerja", f.Unit),
		row("masalah", "Yang terjadi", textOf(f.Causes, f.Cause)), story,
		row("kontak", "Kabar lewat", textOf(f.Ways, f.Via)), row("kontak", "Nomor HP", f.Phone), row("kontak", "Waktu", textOf(f.HoursList, f.Hours)),
		row("bukti", "Dokumen", textOf(f.Times, f.Evidence)),
	}
	if f.Files != "" {
		rows = append(rows, row("berkas", "Berkas terunggah", f.Files))
	}
	return rows
}

// textOf is a choice in words.
func textOf(options []Option, value string) string {
	for _, o := range options {
		if o.Value == value {
			return o.Text
		}
	}
	return ""
}

func orDash(text string) string {
	if text == "" {
		return "–"
	}
	return text
}
