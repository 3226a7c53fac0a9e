package accounts

import "pulih/mail"

// ResetPurpose says what a mailed code is for. A code, a link or a flow of
// one purpose is worth nothing for another (RC-08).
type ResetPurpose string

// The purposes.
const (
	ForPassword   ResetPurpose = "password"
	ForActivation ResetPurpose = "activation"
	ForMFA        ResetPurpose = "mfa"
	ForUnlock     ResetPurpose = "unlock"
)

// purposes says where each flow lives and what its attempt is called.
var purposes = map[ResetPurpose]struct {
	path  string
	asked mail.What
}{
	ForPassword:   {"/pulihkan", mail.ResetAsked},
	ForActivation: {"/aktivasi", mail.ActivationAsked},
	ForMFA:        {"/pulihkan-mfa", mail.MFAAsked},
	ForUnlock:     {"/buka-kunci", mail.UnlockAsked},
}

// Path is the address under which the flow's pages stand, for mailed links.
func (p ResetPurpose) Path() string { return purposes[p].path }

func (p ResetPurpose) asked() mail.What { return purposes[p].asked }

func (p ResetPurpose) detail() map[string]string { return map[string]string{"for": string(p)} }

// ofReset tells whether a notice is about a flow: its code, or what its owner
// was told in place of one.
func ofReset(w mail.What) bool {
	return w.AsksCode() || w == mail.NotActivated || w == mail.AlreadyActive
}
