package main

import (
	"crypto/sha256"
	"fmt"
	"html"
	"io"
	"math/bits"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// visitor is a browser without scripts, in a network of its own: the limits
// hold for each and are part of what is measured.
type visitor struct {
	base, network string
	cookies       map[string]string
}

var networks atomic.Int64

func newVisitor(base string) *visitor {
	n := networks.Add(1)
	return &visitor{base, fmt.Sprintf("2001:db8:%x::1", n&0xffff), map[string]string{}}
}

// answer is what came back, and how long it took to the last byte.
type answer struct {
	status int
	body   string
	header http.Header
	took   time.Duration
}

func (v *visitor) get(path string) (answer, error) { return v.do(http.MethodGet, path, "") }

func (v *visitor) post(path string, fields ...string) (answer, error) {
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	return v.do(http.MethodPost, path, form.Encode())
}

// request is what the visitor would send.
func (v *visitor) request(method, path string, body io.Reader) (*http.Request, error) {
	r, err := http.NewRequest(method, v.base+path, body)
	if err != nil {
		return nil, err
	}
	r.Header.Set("X-Forwarded-For", v.network)
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for name, value := range v.cookies { // a jar would keep Secure cookies from plain loopback
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	return r, nil
}

func (v *visitor) do(method, path, body string) (a answer, err error) {
	r, err := v.request(method, path, strings.NewReader(body))
	if err != nil {
		return a, err
	}
	begun := time.Now()
	got, err := client.Do(r)
	if err != nil {
		return a, err
	}
	defer got.Body.Close() //nolint:errcheck // only read
	page, err := io.ReadAll(got.Body)
	for _, c := range got.Cookies() {
		v.cookies[c.Name] = c.Value
	}
	return answer{got.StatusCode, string(page), got.Header, time.Since(begun)}, err
}

// must fails unless the answer has that status.
func (a answer) must(status int, err error) error {
	if err == nil && a.status != status {
		err = fmt.Errorf("answered %d and not %d: %s", a.status, status, regexp.MustCompile(`(?s)<main.*</main>`).FindString(a.body))
	}
	return err
}

// begin starts a flow and solves the puzzle of its gate: the form that asks
// for the code is then ready to be sent.
func (v *visitor) begin(flow string, p person) (form []string, err error) {
	started, err := v.post(flow, "nip", p.nip)
	if err := started.must(http.StatusSeeOther, err); err != nil {
		return nil, fmt.Errorf("%s: %w", flow, err)
	}
	page, err := v.get(flow + "/email")
	if err := page.must(http.StatusOK, err); err != nil {
		return nil, fmt.Errorf("%s/email: %w", flow, err)
	}
	challenge := html.UnescapeString(regexp.MustCompile(`name="tantangan" value="([^"]+)"`).FindStringSubmatch(page.body)[1])
	return []string{"email", p.email, "tantangan", challenge, "pow", solve(challenge)}, nil
}

// solve does what the script pow.js does.
func solve(challenge string) string {
	zeros, _ := strconv.Atoi(strings.Split(challenge, ".")[1])
	for n := 0; ; n++ {
		sum := sha256.Sum256([]byte(challenge + ":" + strconv.Itoa(n)))
		if bits.LeadingZeros32(uint32(sum[0])<<24|uint32(sum[1])<<16|uint32(sum[2])<<8|uint32(sum[3])) >= zeros {
			return strconv.Itoa(n)
		}
	}
}
