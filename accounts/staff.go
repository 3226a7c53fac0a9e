package accounts

import (
	"errors"
	"slices"
	"strings"

	"pulih/db"
	"pulih/secret"
)

// Role is what a member of staff may do. One person may have several; that
// the same person does not check and approve is the ticket's rule.
type Role string

// The four roles, by the words that staff see.
const (
	Agent      Role = "petugas"
	Approver   Role = "verifikator"
	Supervisor Role = "penyelia"
	Admin      Role = "admin"
)

// Roles lists every role, in the order in which they are shown.
var Roles = []Role{Agent, Approver, Supervisor, Admin}

// ErrNoProof says that the act needs a fresh OTP first (impostor 17, SE-07).
var ErrNoProof = errors.New("accounts: needs a fresh OTP")

// Staff is a member of staff who is signed in. NIP is there because nobody
// may act on himself (ST-05); Agency because he sees no other one's tickets
// (ST-04). ApprovesFrom is when he may begin to approve, 0 for never.
// Session is the id of the session that asks, which SpendProof wants.
type Staff struct {
	ID           string
	NIP          secret.NIP
	Name         string
	Agency       string
	Roles        []Role
	Units        []string // whose requests he sees; none are all of the agency
	ApprovesFrom db.Time
	Session      string
}

// Has tells whether he has a role.
func (s Staff) Has(r Role) bool { return slices.Contains(s.Roles, r) }

// joinRoles and splitRoles are how the column holds them.
func joinRoles(roles []Role) string {
	words := make([]string, len(roles))
	for i, r := range roles {
		words[i] = string(r)
	}
	return strings.Join(words, " ")
}

func splitRoles(text string) []Role {
	var roles []Role
	for _, word := range strings.Fields(text) {
		roles = append(roles, Role(word))
	}
	return roles
}
