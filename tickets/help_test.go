package tickets_test

import (
	"context"
	"fmt"
	"reflect"
	"strings"
)

type contextType = context.Context

// reveal writes every value in v, masked types too: what a careless template
// could show.
func reveal(v any) string {
	var b strings.Builder
	walk(&b, reflect.ValueOf(v))
	return b.String()
}

func walk(b *strings.Builder, v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		fmt.Fprintln(b, v.String())
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				walk(b, v.Field(i))
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			walk(b, v.Index(i))
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			walk(b, k)
			walk(b, v.MapIndex(k))
		}
	}
}
