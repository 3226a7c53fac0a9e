package views

import (
	"context"
	"io"

	"github.com/a-h/templ"
)

// iconPaths are drawn here, on a 24 by 24 grid with a 2 px stroke, so that a
// page needs no request for a picture.
var iconPaths = map[string]string{
	"back":   "M15 5l-7 7 7 7",
	"next":   "M9 5l7 7-7 7",
	"check":  "M4 12.5l5.5 5.5L20 7",
	"close":  "M6 6l12 12M18 6L6 18",
	"warn":   "M12 4L2.5 20h19zM12 10v5M12 17.6v.1",
	"info":   "M12 3a9 9 0 100 18 9 9 0 000-18zM12 11v5.5M12 7.6v.1",
	"stop":   "M8.3 3h7.4L21 8.3v7.4L15.7 21H8.3L3 15.7V8.3zM12 7.5v5.5M12 16.4v.1",
	"clock":  "M12 3a9 9 0 100 18 9 9 0 000-18zM12 7v5.2l3.4 2",
	"mail":   "M3 5.5h18v13H3zM3.5 6.5L12 13l8.5-6.5",
	"key":    "M8 11a4.5 4.5 0 100 9 4.5 4.5 0 000-9zM11.3 12.2L20 3.5M16 7.5l3 3",
	"person": "M12 3.5a4 4 0 100 8 4 4 0 000-8zM4 20.5c.6-4 3.8-6 8-6s7.4 2 8 6",
	"shield": "M12 3l7.5 3v5.5c0 4.5-3 7.8-7.5 9.5-4.5-1.7-7.5-5-7.5-9.5V6zM8.5 12l2.5 2.5 4.5-5",
	"phone":  "M7 2.5h10v19H7zM11 18.5h2",
	"file":   "M6 2.5h8l4.5 4.5v14.5H6zM13.5 3v4.5H18M9 12.5h6M9 16.5h6",
	"pause":  "M12 3a9 9 0 100 18 9 9 0 000-18zM10 9v6M14 9v6",
	"dot":    "M12 8a4 4 0 100 8 4 4 0 000-8z",
	"copy":   "M8.5 8.5H20V20H8.5zM15.5 8.5V4H4v11.5h4.5",
}

// icons are put together once: a page of the queue has a hundred of them.
var icons = drawIcons()

func drawIcons() map[string]string {
	all := map[string]string{}
	for name, path := range iconPaths {
		all[name] = `<svg class="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false"><path d="` + path + `"></path></svg>`
	}
	return all
}

// Icon is an ornament beside words: hidden from screen readers, never alone.
// Names are the keys of iconPaths; an unknown name draws nothing.
func Icon(name string) templ.Component { return templ.Raw(icons[name]) }

// Tag is a status in words with an icon.
func Tag(tone Tone, text string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, `<span class="`+templ.EscapeString("tag "+string(tone))+`">`+icons[tone.icon()]+" "+templ.EscapeString(text)+`</span>`)
		return err
	})
}
