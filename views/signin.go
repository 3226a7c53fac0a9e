package views

// SignInPage is what was typed at /masuk. Renewed is set right after a new
// password was saved; Help names the page that helps with what went wrong.
type SignInPage struct {
	NIP     string
	Renewed bool
	Help    Link
}
