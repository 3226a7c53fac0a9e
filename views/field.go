package views

import (
	"strings"

	"github.com/a-h/templ"
)

// Field is one question of a form. Its error comes from Page.Errors by Name,
// so that summary and field cannot disagree.
type Field struct {
	Name         string // name and id; unique on the page
	Label        string
	Hint         string
	Value        string // never a password
	Type         string // "" is text; email, tel, time, date, number, search
	Mode         string // inputmode: numeric, email, tel
	Autocomplete string // token of WCAG 1.3.5, such as "one-time-code"
	Width        string // "" full; "nip", "code", "short", "half"
	Max          int    // maxlength; 0 is no limit
	Rows         int    // height of a Textarea; 0 is 5
	Optional     bool   // shown as "(boleh dikosongkan)"
	OneOf        bool   // one of several will do: neither required nor said to be optional
	Autofocus    bool   // ignored while the page shows errors: the summary has the focus
	HideLabel    bool   // the H1 already asks the question
	More         templ.Attributes
}

// Option is one choice of radios, checkboxes or a select.
type Option struct {
	Value string
	Text  string
	Hint  string
	Here  bool // chosen; for checkboxes, several may be
}

// attrs are what every kind of control shares.
func (f Field) attrs(p Page) templ.Attributes {
	a := templ.Attributes{"id": f.Name, "name": f.Name}
	f.describe(p, a)
	f.optional(a)
	if f.Autofocus && len(p.Errors) == 0 {
		a["autofocus"] = true
	}
	for name, value := range f.More {
		a[name] = value
	}
	return a
}

// inputAttrs adds what only an <input> has.
func (f Field) inputAttrs(p Page) templ.Attributes {
	a := f.attrs(p)
	if a["type"] = f.Type; f.Type == "" {
		a["type"] = "text"
	}
	if f.Value != "" {
		a["value"] = f.Value
	}
	if f.Width != "" {
		a["class"] = "w-" + f.Width
	}
	if f.machineText() {
		a["autocapitalize"] = "none"
		a["spellcheck"] = "false"
	}
	return a
}

// secret is the field as a password: typed blind, never sent back.
func (f Field) secret() Field {
	f.Type, f.Value = "password", ""
	return f
}

// machineText says that a phone's keyboard must not improve what is typed.
func (f Field) machineText() bool {
	return f.Mode != "" || f.Type == "email" || f.Type == "password" || f.Width == "code"
}

// describe ties hint and error to the control.
func (f Field) describe(p Page, a templ.Attributes) {
	var ids []string
	if f.Hint != "" {
		ids = append(ids, f.Name+"-hint")
	}
	if p.ErrorFor(f.Name) != "" {
		ids = append(ids, f.Name+"-error")
		a["aria-invalid"] = "true"
	}
	if len(ids) > 0 {
		a["aria-describedby"] = strings.Join(ids, " ")
	}
}

func (f Field) optional(a templ.Attributes) {
	if f.Mode != "" {
		a["inputmode"] = f.Mode
	}
	if f.Autocomplete != "" {
		a["autocomplete"] = f.Autocomplete
	}
	if f.Max > 0 {
		a["maxlength"] = f.Max
	}
	if !f.Optional && !f.OneOf {
		a["aria-required"] = "true"
	}
}

// groupAttrs ties hint and error to a fieldset.
func (f Field) groupAttrs(p Page) templ.Attributes {
	a := templ.Attributes{}
	f.describe(p, a)
	delete(a, "aria-invalid")
	return a
}

func (f Field) rows() int {
	if f.Rows == 0 {
		return 5
	}
	return f.Rows
}
