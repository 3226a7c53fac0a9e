// Package pulih holds the tests of the laws that no single package can keep:
// the order of imports, and where SQL may stand.
package pulih

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// order is the one way in which packages import each other (law 1). Packages
// in one group do not import each other.
var order = [][]string{
	{"db", "otp", "secret", "static"}, {"audit"}, {"mail"}, {"accounts"}, {"guide"}, {"tickets"}, {"views"}, {"app"}, {"cmd"},
}

func rank(path string) int {
	top, _, _ := strings.Cut(strings.TrimPrefix(path, "pulih/"), "/")
	return slices.IndexFunc(order, func(group []string) bool { return slices.Contains(group, top) })
}

func TestImportsGoOneWay_law1(t *testing.T) {
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for d := json.NewDecoder(strings.NewReader(string(out))); ; seen++ {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		checkImports(t, p.ImportPath, p.Imports)
	}
	if seen < 10 {
		t.Fatalf("saw %d packages", seen)
	}
}

func checkImports(t *testing.T, path string, imports []string) {
	if path == "pulih" {
		return
	}
	if rank(path) < 0 {
		t.Errorf("%s is not a package of the design", path)
	}
	top := strings.Split(path, "/")[1]
	for _, i := range imports {
		if strings.HasPrefix(i, "pulih/") && strings.Split(i, "/")[1] != top && rank(i) >= rank(path) {
			t.Errorf("%s imports %s", path, i)
		}
	}
}

var statement = regexp.MustCompile(`(?s)^\s*(SELECT|INSERT|UPDATE|DELETE|WITH|CREATE|ALTER|DROP|PRAGMA)\s+\S.*\s`)

func TestSQLStandsInItsFiles_law2(t *testing.T) {
	checked := 0
	eachFile(t, func(path string, file *ast.File) {
		name := filepath.Base(path)
		if name == "sql.go" || strings.HasSuffix(name, "_sql.go") || strings.HasPrefix(path, "db/") || strings.HasPrefix(path, "cmd/bench/") {
			return
		}
		checked++
		ast.Inspect(file, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING && statement.MatchString(strings.Trim(lit.Value, "`\"")) {
				t.Errorf("%s holds SQL: %.60s", path, lit.Value)
			}
			return true
		})
	})
	if checked < 20 {
		t.Fatalf("checked %d files", checked)
	}
}

func TestOnlyCmdAsksTheClock(t *testing.T) {
	eachFile(t, func(path string, file *ast.File) {
		if strings.HasPrefix(path, "cmd/") {
			return
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if pkg, ok := call.X.(*ast.Ident); ok && pkg.Name == "time" && slices.Contains([]string{"Now", "Since", "Until"}, call.Sel.Name) {
				t.Errorf("%s uses time.%s", path, call.Sel.Name)
			}
			return true
		})
	})
}

// eachFile parses every file of ours that is not a test and not generated.
func eachFile(t *testing.T, do func(path string, file *ast.File)) {
	t.Helper()
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") ||
			strings.HasSuffix(path, "_test.go") || strings.HasSuffix(path, "_templ.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err == nil {
			do(filepath.ToSlash(path), file)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
