package views

// Files is an upload form with what was sent already. A file is never shown
// again to the side that sent it: the next person at a shared computer sees
// that there is one, and not what it is of (impostor 25).
type Files struct {
	Action  string // the form posts here
	Kind    string // chosen, "" for none
	Kinds   []Option
	Rows    []FileRow
	CanSend bool
	Voids   bool // taking a file back takes the check back too
	Privacy []Row
}

// look leaves the weight to going on, once there is a file.
func (f Files) look() Look {
	if len(f.Rows) > 0 {
		return LookSecondary
	}
	return LookPrimary
}

// FileRow is one file.
type FileRow struct {
	Title string
	Text  string // size and time
	Back  string // its button posts here; "" draws none
}

// fileAccept lists no HEIC: a phone then makes a JPEG of it. It forces no
// camera, because a document may lie in the gallery.
const fileAccept = "image/jpeg,image/png,image/webp,application/pdf"

func fileField() Field {
	return Field{
		Name: "berkas", Label: "Foto atau PDF", Hint: "Paling banyak 3 berkas, masing-masing 5 MB. Foto yang terang dan tidak terpotong.",
		More: map[string]any{"data-shrink": true},
	}
}
