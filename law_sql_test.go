package pulih

import (
	"context"
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"pulih/db"
	"pulih/db/dbtest"
)

// TestStatementsPrepare_law3 lets each engine read every statement: it finds
// an unknown column on both and a bigint = text on PostgreSQL.
func TestStatementsPrepare_law3(t *testing.T) {
	all := statements(t)
	if len(all) < 60 {
		t.Fatalf("found %d statements", len(all))
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB, _ *dbtest.Clock) {
		for name, text := range all {
			if strings.HasSuffix(name, "SQLite") && d.Engine != db.SQLite || strings.HasSuffix(name, "Postgres") && d.Engine != db.Postgres {
				continue
			}
			if err := prepare(d, text); err != nil {
				t.Errorf("%s: %v\n%s", name, err, text)
			}
		}
	})
}

var (
	verb        = regexp.MustCompile(`^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\s`)
	placeholder = regexp.MustCompile(`\$(\d+)`)
)

func prepare(d *db.DB, text string) error {
	ctx := context.Background()
	if d.Engine == db.Postgres {
		return d.Write(ctx, func(tx *db.Tx) error {
			if _, err := tx.Exec(ctx, "PREPARE it AS "+text); err != nil {
				return err
			}
			_, err := tx.Exec(ctx, "DEALLOCATE it")
			return err
		})
	}
	return d.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, "EXPLAIN "+text, make([]any, parameters(text))...)
		return err
	})
}

// parameters is how many a statement has.
func parameters(text string) (most int) {
	for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
		n, _ := strconv.Atoi(m[1])
		most = max(most, n)
	}
	return most
}

// statements evaluates the string constants of each package's SQL files.
func statements(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	for folder, files := range sources(t) {
		info := types.Info{Defs: map[*ast.Ident]types.Object{}}
		conf := types.Config{IgnoreFuncBodies: true, FakeImportC: true, Error: func(error) {}}
		fset := token.NewFileSet()
		var parsed []*ast.File
		for _, f := range files {
			file, err := parser.ParseFile(fset, f, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			parsed = append(parsed, file)
		}
		_, _ = conf.Check(folder, fset, parsed, &info) // imports stay unknown; constants do not need them
		for ident, object := range info.Defs {
			if c, ok := object.(*types.Const); ok && c.Val().Kind() == constant.String {
				if text := constant.StringVal(c.Val()); verb.MatchString(text) {
					all[folder+"."+ident.Name] = text
				}
			}
		}
	}
	return all
}

func sources(t *testing.T) map[string][]string {
	t.Helper()
	byFolder := map[string][]string{}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		folder := filepath.ToSlash(filepath.Dir(path))
		ours := strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") && !strings.HasSuffix(path, "_templ.go")
		if err == nil && !d.IsDir() && ours && folder != "db" && !strings.HasPrefix(folder, "cmd") {
			byFolder[folder] = append(byFolder[folder], path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return byFolder
}
