package views

// ErrorPage is what a person sees when a request could not be answered. The
// sentence comes from the one table in app/errors.go.
type ErrorPage struct {
	Status    int
	Text      string
	RequestID string // to quote to the helpdesk; "" draws none
}
