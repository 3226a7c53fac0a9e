package static_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"pulih/static"
)

func load(t *testing.T) *static.Assets {
	t.Helper()
	assets, err := static.Load()
	if err != nil {
		t.Fatal(err)
	}
	return assets
}

// ask sends one request without the client's own decompression.
func ask(t *testing.T, method, path string, headers ...string) *http.Response {
	t.Helper()
	server := httptest.NewServer(load(t))
	t.Cleanup(server.Close)
	request, err := http.NewRequestWithContext(t.Context(), method, server.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	transport := &http.Transport{DisableCompression: true}
	t.Cleanup(transport.CloseIdleConnections)
	response, err := transport.RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = response.Body.Close() })
	return response
}

func read(t *testing.T, from io.Reader) string {
	t.Helper()
	body, err := io.ReadAll(from)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func TestURLCarriesAHashAndKeepsTheKind(t *testing.T) {
	got := load(t).URL("pulih.css")
	if !regexp.MustCompile(`^/static/pulih\.[0-9a-f]{8}\.css$`).MatchString(got) {
		t.Errorf("address %q", got)
	}
}

func TestServesWithAYearOfCache(t *testing.T) {
	response := ask(t, "GET", load(t).URL("password.js"))
	if response.StatusCode != http.StatusOK {
		t.Fatalf("status %d", response.StatusCode)
	}
	want := map[string]string{
		"Content-Type":     "text/javascript; charset=utf-8",
		"Cache-Control":    "public, max-age=31536000, immutable",
		"Vary":             "Accept-Encoding",
		"Content-Encoding": "",
	}
	for name, value := range want {
		if got := response.Header.Get(name); got != value {
			t.Errorf("%s is %q, want %q", name, got, value)
		}
	}
}

func TestGzipIsTheSameContentUnderAnotherETag(t *testing.T) {
	path := load(t).URL("pulih.css")
	plain := ask(t, "GET", path)
	packed := ask(t, "GET", path, "Accept-Encoding", "br;q=1, gzip;q=0.8")
	if packed.Header.Get("Content-Encoding") != "gzip" {
		t.Fatal("not compressed")
	}
	if plain.Header.Get("ETag") == packed.Header.Get("ETag") {
		t.Error("both encodings share an ETag: a cache would mix them up")
	}
	unpacked, err := gzip.NewReader(packed.Body)
	if err != nil {
		t.Fatal(err)
	}
	if read(t, unpacked) != read(t, plain.Body) {
		t.Error("the encodings differ in content")
	}
}

func TestARefusedGzipIsNotSent(t *testing.T) {
	for _, header := range []string{"", "identity", "gzip;q=0", "gzip; q=0.000", "br"} {
		response := ask(t, "GET", load(t).URL("pulih.css"), "Accept-Encoding", header)
		if got := response.Header.Get("Content-Encoding"); got != "" {
			t.Errorf("Accept-Encoding %q got %q", header, got)
		}
	}
}

func TestAKnownETagAnswers304WithoutABody(t *testing.T) {
	path := load(t).URL("pulih.css")
	for _, encoding := range []string{"gzip", "identity"} {
		etag := ask(t, "GET", path, "Accept-Encoding", encoding).Header.Get("ETag")
		again := ask(t, "GET", path, "Accept-Encoding", encoding, "If-None-Match", etag)
		if again.StatusCode != http.StatusNotModified || read(t, again.Body) != "" {
			t.Errorf("%s: status %d", encoding, again.StatusCode)
		}
		if again.Header.Get("ETag") != etag || again.Header.Get("Cache-Control") == "" {
			t.Errorf("%s: a 304 must repeat ETag and Cache-Control", encoding)
		}
	}
}

func TestHeadHasNoBody(t *testing.T) {
	response := ask(t, "HEAD", load(t).URL("icon.svg"))
	if response.StatusCode != http.StatusOK || read(t, response.Body) != "" {
		t.Errorf("status %d", response.StatusCode)
	}
}

func TestAnythingElseIs404(t *testing.T) {
	paths := []string{
		"/static/", "/static", "/static/js/", "/static/pulih.css", "/static/js/password.js",
		"/static/../static.go", "/static/%2e%2e/static.go", "/static/pulih.00000000.css", "/",
	}
	for _, path := range paths {
		if got := ask(t, "GET", path).StatusCode; got != http.StatusNotFound {
			t.Errorf("GET %s is %d", path, got)
		}
	}
}

func TestOtherMethodsAreRefused(t *testing.T) {
	response := ask(t, "POST", load(t).URL("pulih.css"))
	if response.StatusCode != http.StatusMethodNotAllowed || response.Header.Get("Allow") != "GET, HEAD" {
		t.Errorf("status %d, Allow %q", response.StatusCode, response.Header.Get("Allow"))
	}
}

func TestAnUnknownNameGetsAnAddressThatIs404(t *testing.T) {
	url := load(t).URL("nothing.js")
	if got := ask(t, "GET", url).StatusCode; got != http.StatusNotFound || !strings.HasPrefix(url, "/static/") {
		t.Errorf("GET %s is %d", url, got)
	}
}
