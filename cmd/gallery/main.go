// Command gallery draws every view with sample data, to be looked at. It
// writes a folder of pages, or serves them; it never ships.
package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/a-h/templ"
	"github.com/alecthomas/kong"

	"pulih/static"
	"pulih/views"
)

type flags struct {
	Out    string `help:"Folder to write the pages to." default:"gallery" type:"path"`
	Listen string `help:"Serve the pages on this address instead, such as 127.0.0.1:8090."`
}

func main() {
	var f flags
	k := kong.Parse(&f, kong.Description("Draws every view with sample data."))
	k.FatalIfErrorf(f.Run())
}

// Run writes or serves.
func (f *flags) Run() error {
	if f.Listen == "" {
		return write(f.Out)
	}
	return serve(f.Listen)
}

// write makes a folder that a browser can open without a server.
func write(folder string) error {
	site := sampleSite(func(name string) string {
		if strings.HasSuffix(name, ".js") {
			name = "js/" + name
		}
		return "static/" + name
	})
	if err := os.RemoveAll(filepath.Join(folder, "static")); err != nil {
		return err
	}
	if err := os.CopyFS(filepath.Join(folder, "static"), static.Source()); err != nil {
		return fmt.Errorf("gallery: copying the assets: %w", err)
	}
	for _, s := range scenes(site) {
		if err := writeScene(folder, s); err != nil {
			return fmt.Errorf("gallery: %s: %w", s.name, err)
		}
	}
	return nil
}

func writeScene(folder string, s scene) error {
	file, err := os.Create(filepath.Join(folder, s.name+".html"))
	if err != nil {
		return err
	}
	if err := s.view.Render(context.Background(), file); err != nil {
		return err
	}
	return file.Close()
}

func serve(address string) error {
	assets, err := static.Load()
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.Handle("/static/", assets)
	for _, s := range scenes(sampleSite(assets.URL)) {
		mux.Handle("GET /"+s.name, policed(templ.Handler(s.view)))
	}
	mux.Handle("GET /{$}", policed(templ.Handler(index(sampleSite(assets.URL), scenes(views.Site{})))))
	fmt.Println("http://" + address)
	server := &http.Server{Addr: address, Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	return server.ListenAndServe()
}

// policed sends the policy of production, so that what it blocks is seen here.
func policed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; "+
			"img-src 'self' data:; media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
		next.ServeHTTP(w, r)
	})
}
