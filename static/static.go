// Package static holds the stylesheet, the scripts and the pictures, and
// serves them under names that carry a hash of the content: a browser on a
// slow line fetches each of them once. The spoken digits are for the gate.
package static

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strings"
)

//go:embed pulih.css laporan.css icon.svg js/*.js
var files embed.FS

// prefix is where the app mounts the assets.
const prefix = "/static/"

// Assets are the embedded files, hashed and compressed once.
type Assets struct {
	byName map[string]asset // "pulih.css"
	byURL  map[string]asset // "/static/pulih.3f9a1c07.css"
	digits [10][]byte       // for the gate; at no address of their own
}

// ErrName means that two files share a name or that a kind of file is unknown.
var ErrName = errors.New("static: unusable file name")

// Load hashes and compresses every embedded file.
func Load() (*Assets, error) {
	a := &Assets{byName: map[string]asset{}, byURL: map[string]asset{}}
	err := fs.WalkDir(files, ".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		return a.add(file)
	})
	return a, errors.Join(err, a.loadDigits())
}

// URL is the address of a file by its name without folders, "password.js". An
// unknown name gets an address that answers 404, which the page tests notice.
func (a *Assets) URL(name string) string {
	if found, ok := a.byName[name]; ok {
		return found.url
	}
	return prefix + name
}

// ServeHTTP answers GET and HEAD for the hashed addresses, 404 for all others.
// The answer may be kept for a year: another content has another address.
func (a *Assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	found, ok := a.byURL[r.URL.Path]
	if !ok {
		http.NotFound(w, r)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
		return
	}
	found.serve(w, r)
}

func (a *Assets) add(file string) error {
	body, err := files.ReadFile(file)
	if err != nil {
		return fmt.Errorf("static: reading %s: %w", file, err)
	}
	name := path.Base(file)
	if path.Ext(name) == ".css" {
		body = tighten(body)
	}
	made, err := newAsset(name, body)
	if err != nil {
		return err
	}
	if _, taken := a.byName[name]; taken {
		return fmt.Errorf("%w: %s twice", ErrName, name)
	}
	a.byName[name], a.byURL[made.url] = made, made
	return nil
}

// hashedURL puts the hash before the extension, so that the kind stays visible.
func hashedURL(name string, body []byte) string {
	sum := sha256.Sum256(body)
	extension := path.Ext(name)
	return prefix + strings.TrimSuffix(name, extension) + "." + hex.EncodeToString(sum[:4]) + extension
}

// Source is the files as they were written, for the gallery's folder of pages.
func Source() fs.FS { return files }
