package rig

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

// Client speaks for all visitors: it keeps connections, and follows nothing.
var Client = &http.Client{
	Transport:     &http.Transport{MaxIdleConnsPerHost: 256, DisableCompression: true},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// Visitor is a browser without scripts, in a network of its own: the limits
// hold for each and are part of what is measured.
type Visitor struct {
	Base, Network string
	Cookies       map[string]string
	// Through sends each request, where it is set: for whoever goes on after a
	// connection broke.
	Through func(send func() (Answer, error)) (Answer, error)
}

var networks atomic.Int64

// NewVisitor has a network and no cookies.
func NewVisitor(base string) *Visitor {
	n := networks.Add(1)
	return &Visitor{Base: base, Network: fmt.Sprintf("2001:db8:%x:%x::1", n>>16&0xffff, n&0xffff), Cookies: map[string]string{}}
}

// Answer is what came back, and how long it took to the last byte.
type Answer struct {
	Status int
	Body   string
	Header http.Header
	Took   time.Duration
}

// Get asks for a page.
func (v *Visitor) Get(path string) (Answer, error) { return v.send(http.MethodGet, path, "") }

// Post sends a form; fields are names and values in turn.
func (v *Visitor) Post(path string, fields ...string) (Answer, error) {
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	return v.send(http.MethodPost, path, form.Encode())
}

func (v *Visitor) send(method, path, body string) (Answer, error) {
	if v.Through == nil {
		return v.do(method, path, body)
	}
	return v.Through(func() (Answer, error) { return v.do(method, path, body) })
}

// Request is what the visitor would send.
func (v *Visitor) Request(method, path string, body io.Reader) (*http.Request, error) {
	r, err := http.NewRequest(method, v.Base+path, body)
	if err != nil {
		return nil, err
	}
	r.Header.Set("X-Forwarded-For", v.Network)
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for name, value := range v.Cookies { // a jar would keep Secure cookies from plain loopback
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	return r, nil
}

func (v *Visitor) do(method, path, body string) (a Answer, err error) {
	r, err := v.Request(method, path, strings.NewReader(body))
	if err != nil {
		return a, err
	}
	begun := time.Now()
	got, err := Client.Do(r)
	if err != nil {
		return a, err
	}
	defer got.Body.Close() //nolint:errcheck // only read
	page, err := io.ReadAll(got.Body)
	for _, c := range got.Cookies() {
		v.Cookies[c.Name] = c.Value
	}
	return Answer{got.StatusCode, string(page), got.Header, time.Since(begun)}, err
}

// Must fails unless the answer has that status.
func (a Answer) Must(status int, err error) error {
	if err == nil && a.Status != status {
		err = fmt.Errorf("answered %d and not %d: %s", a.Status, status, regexp.MustCompile(`(?s)<main.*</main>`).FindString(a.Body))
	}
	return err
}

// Begin starts a flow and solves the puzzle of its gate: the form that asks
// for the code is then ready to be sent.
func (v *Visitor) Begin(flow string, p Person) (form []string, err error) {
	started, err := v.Post(flow, "nip", p.NIP)
	if err := started.Must(http.StatusSeeOther, err); err != nil {
		return nil, fmt.Errorf("%s: %w", flow, err)
	}
	page, err := v.Get(flow + "/email")
	if err := page.Must(http.StatusOK, err); err != nil {
		return nil, fmt.Errorf("%s/email: %w", flow, err)
	}
	return append([]string{"email", p.Email}, page.gate()...), nil
}

var challengeOnPage = regexp.MustCompile(`name="tantangan" value="([^"]+)"`)

// gate solves the puzzle of a page, and is the fields that say so.
func (a Answer) gate() []string {
	found := challengeOnPage.FindStringSubmatch(a.Body)
	if found == nil {
		return nil
	}
	challenge := html.UnescapeString(found[1])
	return []string{"tantangan", challenge, "pow", solve(challenge)}
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
