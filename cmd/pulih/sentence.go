package main

import (
	"errors"
	"regexp"

	"pulih/accounts"
)

// advice says to an operator what happened and what to do next, for what he
// meets at the console.
var advice = []struct {
	err  error
	text string
}{
	{accounts.ErrStaffExists, "this NIP has a staff account already; see `pulih staff list`, and `pulih staff reset-mfa --nip NIP` if the authenticator is lost"},
	{accounts.ErrNoStaff, "nobody on the staff has this NIP, or the account is disabled; see `pulih staff list` and `pulih staff add`"},
	{accounts.ErrOperatorExists, "this unit has this operator already; see `pulih operator list`"},
	{accounts.ErrNoOperator, "this unit has no such operator; see `pulih operator list`"},
	{accounts.ErrPlanOld, "the roster changed since the dry run, and nothing was imported; run the import again and read its report"},
}

// packageName is how an error says where it comes from. That is for the log.
// A file "pulih.db: " is none.
var packageName = regexp.MustCompile(`(^|\s)(accounts|app|audit|db|guide|mail|secret): `)

// sentence is an error as the console shows it: said once, without the names
// of packages.
func sentence(err error) string {
	for _, a := range advice {
		if errors.Is(err, a.err) {
			return a.text
		}
	}
	return packageName.ReplaceAllString(err.Error(), "$1")
}
