package views

// DisownPage is what a "Bukan saya" link is about. About and When tell what
// happened; Number is a request's. Will says what the button does. Done is set
// once it was pressed, for this address or another.
type DisownPage struct {
	About  string
	When   string
	Number string
	Will   []string
	Done   bool
	Frozen bool // pressing it froze the account
}

// DisownedPage says exactly what was done, and what to do next.
type DisownedPage struct {
	Done []string
	Next []string
	Mail bool // offer the reset by mail
	Desk bool // offer the counter and its hours
}

func (f DisownPage) rows() []Row {
	rows := []Row{{Key: "Waktu", Value: f.When}}
	if f.Number != "" {
		rows = append(rows, Row{Key: "Nomor permohonan", Value: f.Number})
	}
	return rows
}
