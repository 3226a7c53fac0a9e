package views

// DemoPhone is an account of the demo with its authenticator, as if its
// owner's phone lay beside you.
type DemoPhone struct {
	Name, For     string // "Rina Contoh", "Petugas"
	NIP, Password string // Password "" has none yet
	Email         string // "" for staff
	SignIn        string // address of the sign-in page
	Code          string // the code of now; "" has no authenticator
	Left          int    // seconds until the next code
}
