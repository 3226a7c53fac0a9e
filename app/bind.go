package app

import (
	"errors"
	"fmt"
	"net/url"
	"reflect"
	"strings"

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
	posted, err := postedForm(c)
	if err != nil {
		return err
	}
	return fill(reflect.ValueOf(form).Elem(), posted)
}

// postedForm is what stands in the body. echo's FormParams adds what stands
// in the address, which proxies log (RC-13).
func postedForm(c echo.Context) (url.Values, error) {
	if _, err := c.FormParams(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrForm, err)
	}
	return c.Request().PostForm, nil
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
	case len(values) != 1, len(values[0]) > maxField, !isText(values[0]):
		return "", ErrForm
	}
	return values[0], nil
}
