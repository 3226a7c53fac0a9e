package views

// DemoPhone is an account of the demo with its authenticator, as if its
// owner's phone lay beside you.
type DemoPhone struct {
	Name, For     string // "Rina Contoh", "Petugas"
	NIP, Password string // Password "" has none yet
	Email, Phone  string // "" for staff
	Unit          string
	Birth         string // as on the documents that he can show
	Card, Decree  string // their numbers
	SignIn        string // address of the sign-in page
	Code          string // the code of now; "" has no authenticator
	Left          int    // seconds until the next code
}

func (d DemoPhone) signIn() string {
	if d.Password == "" {
		return "Aktifkan akun"
	}
	return "Buka halaman masuk"
}
