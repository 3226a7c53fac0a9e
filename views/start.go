package views

// StartPage is what the start page shows besides its three ways in.
type StartPage struct {
	NoticeTitle string // trouble at the portal, announced by the agency; "" draws no notice
	Notice      string
}
