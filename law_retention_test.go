package pulih

import (
	"go/ast"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// deletes names every statement that deletes rows and is no rule of
// retention, and the verb whose doing it is.
var deletes = map[string]string{
	"accounts.deleteCounter":      "a right try forgives the wrong ones",
	"accounts.deleteOperator":     "somebody takes him away",
	"accounts.endBackupBatch":     "new codes, or a new authenticator, end the old ones",
	"accounts.endBackupOf":        "new codes, or a new authenticator, end the old ones",
	"app.capCaptchas":             "a flood may not fill the disk",
	"app.deleteInstallMark":       "all is compared after a move",
	"app.takeCaptcha":             "used once",
	"app.voidCaptchas":            "void after a restore (impostor 19)",
	"tickets.deleteDrafts":        "void after a restore (impostor 19)",
	"audit.deleteQueued":          "sealed",
	"audit.dropRequeued":          "sealed already",
	"tickets.deleteMeasureQueue":  "measured",
	"tickets.deleteAway":          "who comes back is there anew",
	"tickets.deletePresent":       "he has left",
	"tickets.deleteContent":       "taken back by the person, or by a rule",
	"tickets.deleteDraft":         "sent, or forgotten by who wrote it",
	"tickets.deleteOriginal":      "sent, or forgotten by who wrote it",
	"tickets.deleteDraftContent":  "taken back by who wrote it",
	"tickets.deleteDraftFile":     "taken back by who wrote it",
	"tickets.deleteDraftContents": "forgotten by who wrote it, or by a rule",
	"tickets.deleteDraftFiles":    "forgotten by who wrote it, or by a rule",
}

var deletion = regexp.MustCompile(`(?i)\bDELETE\s+FROM\b`)

// Nothing goes for its age but by a rule that the page lists: a statement
// that deletes is a verb's, named above, or is called purge… and is used where
// the rules stand (PR-04).
func TestNothingIsDeletedOutsideTheRules_PR04(t *testing.T) {
	used := purgesUsed(t)
	for name, text := range statements(t) {
		folder, constant, _ := strings.Cut(name, ".")
		purges := strings.HasPrefix(constant, "purge")
		switch _, verb := deletes[name]; {
		case strings.HasPrefix(folder, "tickets/ticketstest"):
		case deletion.MatchString(text) && !purges && !verb:
			t.Errorf("%s deletes, and is neither a rule's nor a verb's that is named here", name)
		case purges && used[name] != "rules":
			t.Errorf("%s is used %s", name, used[name])
		}
	}
	for name := range deletes {
		if !deletion.MatchString(statements(t)[name]) {
			t.Errorf("%s deletes nothing any more", name)
		}
	}
}

// purgesUsed says for each purge… constant where it is used: "rules" when only
// in the files of the rules.
func purgesUsed(t *testing.T) map[string]string {
	used := map[string]string{}
	eachFile(t, func(path string, file *ast.File) {
		folder, name := filepath.Split(path)
		if strings.HasSuffix(name, "sql.go") {
			return
		}
		ast.Inspect(file, func(n ast.Node) bool {
			ident, ok := n.(*ast.Ident)
			if !ok || !strings.HasPrefix(ident.Name, "purge") {
				return true
			}
			key := strings.TrimSuffix(folder, "/") + "." + ident.Name
			if !strings.HasPrefix(name, "retention") {
				used[key] = "in " + path
			} else if used[key] == "" {
				used[key] = "rules"
			}
			return true
		})
	})
	return used
}
