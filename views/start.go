package views

// StartPage is what the start page shows besides its three ways in.
type StartPage struct {
	Notices []Notice // trouble at the portal, announced by the agency
}
