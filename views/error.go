package views

import "net/http"

// ErrorPage is what a person sees when a request could not be answered. The
// sentence comes from the one table in app/errors.go.
type ErrorPage struct {
	Status    int
	Text      string
	RequestID string // to quote to the helpdesk; "" draws none
	Sent      bool   // something was posted, which cannot be tried again by a link
}

// advice says what the person can do, because a number helps nobody.
func (e ErrorPage) advice() string {
	switch {
	case e.Status == http.StatusNotFound:
		return "Anda juga bisa mulai dari halaman depan."
	case e.Status == http.StatusTooManyRequests:
		return "Tunggu sebentar, lalu coba sekali lagi."
	case e.Status == http.StatusForbidden:
		return "Jika menurut Anda ini keliru, hubungi kami."
	case e.Status == http.StatusServiceUnavailable && e.Sent:
		return "Ini bukan kesalahan Anda. Kiriman terakhir Anda mungkin belum masuk."
	case e.Status == http.StatusServiceUnavailable:
		return "Ini bukan kesalahan Anda."
	case e.Status >= http.StatusInternalServerError:
		return "Ini bukan kesalahan Anda. Tunggu beberapa menit, lalu coba lagi."
	}
	return "Kembali ke halaman sebelumnya, lalu coba sekali lagi."
}
