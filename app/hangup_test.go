package app

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// Who hangs up before his answer makes no 500, which would wake the operator
// whenever somebody likes, and no line in the log.
func TestWhoHangsUpIsNoFaultOfOurs(t *testing.T) {
	x := newStaffed(t)
	for _, cookie := range x.sari.client.Jar.Cookies(must(url.Parse(x.url))(t)) {
		ctx, hangUp := context.WithCancel(t.Context())
		hangUp()
		for path, want := range map[string]int{"/petugas/antrean": statusGone, "/siap": http.StatusServiceUnavailable} {
			r := httptest.NewRequest(http.MethodGet, x.url+path, nil).WithContext(ctx)
			r.AddCookie(cookie)
			w := httptest.NewRecorder()
			x.ServeHTTP(w, r)
			if w.Code != want || strings.Contains(x.log.String(), "canceled") {
				t.Error(path, w.Code, x.log.String())
			}
		}
	}
}
