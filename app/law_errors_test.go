package app

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// lawInside are the errors that never reach a page, each with its reason.
var lawInside = map[string]string{
	"audit.ErrKeep":          "a setting of the operator's",
	"audit.ErrCopyHeld":      "the clock's: it is logged, and a finding of each check",
	"audit.ErrCopyUsed":      "the console's: the operator reads it",
	"audit.ErrCopyDiffers":   "the console's: the operator reads it",
	"audit.ErrUncopied":      "the clock's and the console's: the operator reads it",
	"accounts.ErrPHC":        "a damaged row of ours: a fault",
	"accounts.ErrBreached":   "a damaged file of the operator's",
	"app.ErrDemoDatabase":    "stops the start",
	"app.ErrRestoring":       "stops the start",
	"app.ErrMoving":          "stops the start",
	"app.ErrNotDemoDatabase": "stops the start",
	"db.ErrDamaged":          "for `pulih check`",
	"db.ErrArchive":          "the console's: a backup or a move is refused",
	"db.ErrNotEmpty":         "the console's: a backup or a move is refused",
	"db.ErrNewer":            "the console's: a backup or a move is refused",
	"db.ErrNone":             "for the console, which makes no database of a mistyped path",
	"mail.ErrSite":           "stops the start",
	"mail.ErrRelaySettings":  "stops the start",
	"mail.ErrClosed":         "ends the worker",
	"mail.ErrHeader":         "a hostile name in a mail: a fault, logged",
	"mail.ErrLink":           "a foreign link in a mail: a fault, logged",
	"mailbox.ErrNotLoopback": "stops the demo",
	"tickets.ErrCalendar":    "stops the start",
}

// exportedErrors finds the exported Err… of the packages below the table.
func exportedErrors(t *testing.T) (names []string) {
	t.Helper()
	for _, pkg := range []string{"accounts", "app", "audit", "db", "guide", "mail", "mail/mailbox", "tickets", "tickets/upload"} {
		eachGoFile(t, filepath.Join("..", pkg), func(f *ast.File) {
			for _, d := range f.Decls {
				if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.VAR {
					for _, spec := range g.Specs {
						for _, name := range spec.(*ast.ValueSpec).Names {
							if strings.HasPrefix(name.Name, "Err") {
								names = append(names, filepath.Base(pkg)+"."+name.Name)
							}
						}
					}
				}
			}
		})
	}
	return names
}

func eachGoFile(t *testing.T, folder string, do func(*ast.File)) {
	t.Helper()
	files := must(filepath.Glob(filepath.Join(folder, "*.go")))(t)
	for _, path := range slices.DeleteFunc(files, func(p string) bool { return strings.HasSuffix(p, "_test.go") }) {
		do(must(parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution))(t))
	}
	if len(files) == 0 {
		t.Fatal(fs.ErrNotExist, folder)
	}
}

// tableErrors are the names in the first column of the table of answers.
func tableErrors(t *testing.T) (names []string) {
	t.Helper()
	file := must(parser.ParseFile(token.NewFileSet(), "errors.go", nil, parser.SkipObjectResolution))(t)
	ast.Inspect(file, func(n ast.Node) bool {
		v, ok := n.(*ast.ValueSpec)
		if !ok || v.Names[0].Name != "answers" {
			return true
		}
		for _, line := range v.Values[0].(*ast.CompositeLit).Elts {
			switch e := line.(*ast.CompositeLit).Elts[0].(type) {
			case *ast.SelectorExpr:
				names = append(names, e.X.(*ast.Ident).Name+"."+e.Sel.Name)
			case *ast.Ident:
				names = append(names, "app."+e.Name)
			}
		}
		return false
	})
	return names
}

// Every error that a rule may give has its sentence, or a reason here why no
// person ever meets it.
func TestEveryErrorHasItsAnswer(t *testing.T) {
	all, table := exportedErrors(t), tableErrors(t)
	if len(all) < 30 || len(table) != len(answers) {
		t.Fatalf("found %d errors, and %d of %d answers", len(all), len(table), len(answers))
	}
	for _, name := range all {
		answered, inside := slices.Contains(table, name), lawInside[name] != ""
		if answered == inside {
			t.Errorf("%s: has an answer: %v, is of the inside: %v", name, answered, inside)
		}
	}
	for name := range lawInside {
		if !slices.Contains(all, name) {
			t.Errorf("%s does not exist any more", name)
		}
	}
}

// Sentences of the table are for people: Indonesian, short, and never 500.
func TestAnswersAreForPeople(t *testing.T) {
	for i, a := range answers {
		if a.Err == nil || a.Status < 400 || a.Status >= 600 || a.Status == http.StatusInternalServerError || !strings.HasSuffix(a.Text, ".") {
			t.Errorf("%v: %d %q", a.Err, a.Status, a.Text)
		}
		for _, sentence := range strings.SplitAfter(a.Text, ". ") {
			if n := len(strings.Fields(sentence)); n > 15 {
				t.Errorf("%d words: %s", n, sentence)
			}
		}
		for _, b := range answers[:i] {
			if a.Err == b.Err {
				t.Errorf("%v is there twice", a.Err)
			}
		}
	}
}

var lawNamed = regexp.MustCompile("`((?:Test|Fuzz)[A-Za-z0-9_]+)`")

// docs/security.md names tests; each of them exists, so that no rule is held
// by a name alone.
func TestEveryTestNamedHereExists(t *testing.T) {
	exists := map[string]bool{}
	for _, pattern := range []string{"../*_test.go", "../*/*_test.go", "../*/*/*_test.go"} {
		for _, path := range must(filepath.Glob(pattern))(t) {
			for _, name := range regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(`).FindAllStringSubmatch(string(must(os.ReadFile(path))(t)), -1) {
				exists[name[1]] = true
			}
		}
	}
	named := lawNamed.FindAllStringSubmatch(string(must(os.ReadFile("../docs/security.md"))(t)), -1)
	if len(named) < 200 || len(exists) < 400 {
		t.Fatalf("%d named of %d tests", len(named), len(exists))
	}
	for _, n := range named {
		if !exists[n[1]] {
			t.Errorf("docs/security.md names %s, which does not exist", n[1])
		}
	}
}
