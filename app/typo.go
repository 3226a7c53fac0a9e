package app

import (
	"slices"
	"strings"
)

// mailDomains are where most civil servants' mail is. Those in likeOthers are
// real too, and look like a slip of these.
var (
	mailDomains = []string{"gmail.com", "yahoo.com", "yahoo.co.id", "outlook.com", "outlook.co.id", "hotmail.com", "ymail.com",
		"rocketmail.com", "live.com", "icloud.com", "proton.me", "protonmail.com", "googlemail.com"}
	likeOthers = []string{"mail.com", "email.com", "gmx.com", "yahoo.co.uk", "yahoo.co.in", "yahoo.co.jp", "hotmail.co.id", "hotmail.co.uk", "me.com"}
)

// suggestAddress offers another spelling of an address whose domain is a slip
// or two from a common one, or from own, the agency's; "" for none. It looks
// at what was typed and at nothing else, so that it tells nobody anything.
func suggestAddress(typed, own string) string {
	at := strings.LastIndexByte(typed, '@')
	if at < 1 || len(typed) > 254 {
		return ""
	}
	domain := strings.ToLower(strings.TrimSpace(typed[at+1:]))
	best, least := "", 3
	for _, known := range slices.Concat(mailDomains, []string{own}, likeOthers) {
		if n := slips(domain, known); n < least && n <= 1+len(known)/9 {
			best, least = known, n
		}
	}
	if best == "" || least == 0 || best == own && least > 1 || slices.Contains(likeOthers, best) {
		return ""
	}
	return typed[:at+1] + best
}

// slips counts what was typed too much, left out, typed wrongly or swapped
// with its neighbour.
func slips(typed, meant string) int {
	rows := make([][]int, len(typed)+1)
	for i := range rows {
		rows[i] = make([]int, len(meant)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(typed); i++ {
		for j := 1; j <= len(meant); j++ {
			wrong := 1
			if typed[i-1] == meant[j-1] {
				wrong = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+wrong)
			if i > 1 && j > 1 && typed[i-1] == meant[j-2] && typed[i-2] == meant[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(typed)][len(meant)]
}

// agencyDomain is where the agency's own mail probably is: Pulih's address
// without its first name.
func (a *App) agencyDomain() string {
	_, domain, _ := strings.Cut(a.BaseURL.Hostname(), ".")
	return domain
}
