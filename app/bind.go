package app

import (
	"errors"
	"fmt"
	"net/url"
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/labstack/echo/v4"
)

// ErrForm says that a form is not one that our pages send: a field missing,
// doubled, over-long or not UTF-8 (RC-10, CVE-2023-7028).
var ErrForm = errors.New("app: malformed form")

const maxField = 8 << 10 // bytes; the longest field is a message to an agent

// bind fills the string fields of form, each named by its tag: `form:"nip"`
// must be there exactly once, `form:"otp,optional"` at most once, and
// `form:"password,raw"` keeps the spaces around it, which a password may have.
// Domain types are never bound, and what the form does not name is not read.
func bind(c echo.Context, form any) error {
	posted, err := c.FormParams()
	if err != nil {
		return fmt.Errorf("%w: %w", ErrForm, err)
	}
	return fill(reflect.ValueOf(form).Elem(), posted)
}

func fill(v reflect.Value, posted url.Values) error {
	for i := range v.NumField() {
		if v.Field(i).Kind() == reflect.Struct {
			if err := fill(v.Field(i), posted); err != nil {
				return err
			}
			continue
		}
		name, option, _ := strings.Cut(v.Type().Field(i).Tag.Get("form"), ",")
		value, err := single(posted[name], option == "optional")
		if err != nil {
			return fmt.Errorf("%w: %s", err, name)
		}
		if option != "raw" {
			value = strings.TrimSpace(value)
		}
		v.Field(i).SetString(value)
	}
	return nil
}

func single(values []string, optional bool) (string, error) {
	switch {
	case len(values) == 0 && optional:
		return "", nil
	case len(values) != 1, len(values[0]) > maxField, !utf8.ValidString(values[0]), strings.ContainsRune(values[0], 0):
		return "", ErrForm
	}
	return values[0], nil
}
