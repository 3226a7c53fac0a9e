package static

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// kinds are spelled out because the system's table differs between machines.
var kinds = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
	".svg": "image/svg+xml",
	".png": "image/png",
	".wav": "audio/wav",
}

// asset is one file in the forms it is sent in.
type asset struct {
	name string
	url  string
	kind string
	etag string // without quotes
	body []byte
	gzip []byte // nil when compressing saves nothing
}

func newAsset(name string, body []byte) (asset, error) {
	kind, known := kinds[path.Ext(name)]
	if !known {
		return asset{}, fmt.Errorf("%w: %s", ErrName, name)
	}
	small, err := compress(body)
	if err != nil {
		return asset{}, fmt.Errorf("static: compressing %s: %w", name, err)
	}
	url := hashedURL(name, body)
	return asset{name: name, url: url, kind: kind, etag: path.Base(url), body: body, gzip: small}, nil
}

var (
	comment = regexp.MustCompile(`(?s)/\*.*?\*/`)
	space   = regexp.MustCompile(`\s+`)
	around  = regexp.MustCompile(` ?([{};]) ?`)
)

// tighten drops from a stylesheet what only its reader needs. It knows nothing
// of strings, so no string in a stylesheet may hold two spaces or a brace.
func tighten(css []byte) []byte {
	css = space.ReplaceAll(comment.ReplaceAll(css, nil), []byte(" "))
	return around.ReplaceAll(css, []byte("$1"))
}

// compress returns nil when the result is not smaller.
func compress(body []byte) ([]byte, error) {
	var small bytes.Buffer
	w, err := gzip.NewWriterLevel(&small, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(body); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	if small.Len() >= len(body) {
		return nil, nil
	}
	return small.Bytes(), nil
}

// serve chooses the encoding; http.ServeContent does HEAD, 304 and ranges.
func (s asset) serve(w http.ResponseWriter, r *http.Request) {
	body, etag, head := s.body, s.etag, w.Header()
	head.Set("Content-Type", s.kind)
	head.Set("Cache-Control", "public, max-age=31536000, immutable")
	head.Set("Vary", "Accept-Encoding")
	if s.gzip != nil && acceptsGzip(r.Header.Get("Accept-Encoding")) {
		head.Set("Content-Encoding", "gzip")
		body, etag = s.gzip, s.etag+"-gz"
	}
	head.Set("ETag", `"`+etag+`"`)
	http.ServeContent(w, r, s.name, time.Time{}, bytes.NewReader(body))
}

// acceptsGzip reads Accept-Encoding as RFC 9110 §12.5.3 does, as far as gzip
// is concerned: "gzip;q=0" refuses it.
func acceptsGzip(header string) bool {
	for offer := range strings.SplitSeq(header, ",") {
		coding, weight, _ := strings.Cut(strings.ToLower(offer), ";")
		if coding = strings.TrimSpace(coding); coding == "gzip" || coding == "*" {
			return !refused(weight)
		}
	}
	return false
}

func refused(weight string) bool {
	value, ok := strings.CutPrefix(strings.TrimSpace(weight), "q=")
	if !ok {
		return false
	}
	q, err := strconv.ParseFloat(value, 64)
	return err == nil && q == 0
}
