package tickets

import (
	"net/netip"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A host may be a number too: 103.21.4.5, [2001:db8::1], and for browsers
// 1729625093 and 103.1377285 as well. Hours, dates, amounts and the numbers of
// letters are none.
var (
	amount   = regexp.MustCompile(`Rp\.? ?\d{1,3}(?:\.\d{3})+(?:,\d+|,-)?[.,;)]*(\s|$)`)
	fourPart = regexp.MustCompile(`(?:^|[^\d.])(?:0?\d{1,3}\.){3}0?\d{1,3}(?:[^\d]|$)`)
	fewParts = regexp.MustCompile(`\d\.\d+(?:\.\d+)?(?::\d+)?[/\\?#]\pL`)
	longPart = regexp.MustCompile(`\d\.\d{4,}(?::\d+)?[/\\?#:]`)
	oneHex   = regexp.MustCompile(`(?i)\b0x[0-9a-f]+`)
	onePart  = regexp.MustCompile(`\b(\d{8,12})(?::\d+)?[/\\?#]`)
	ourOwn   = regexp.MustCompile(`(?i)\bPUL-[0-9A-Z]{4}-[0-9A-Z]{4}\b`)
	inBraces = regexp.MustCompile(`\[([^\]\s]*)\]`)
)

// The hosts that a number of one part may mean: from 1.0.0.0 on.
const leastHost, mostHost = 1 << 24, 1<<32 - 1

func namesNumber(text string) bool {
	text = ourOwn.ReplaceAllString(amount.ReplaceAllString(text, " $1"), " ")
	if fourPart.MatchString(text) || fewParts.MatchString(text) || longPart.MatchString(text) || oneHex.MatchString(text) {
		return true
	}
	return slices.ContainsFunc(onePart.FindAllStringSubmatch(text, -1), func(m []string) bool {
		n, err := strconv.ParseUint(m[1], 0, 64) // a leading 0 is octal, as browsers read it
		return err == nil && n >= leastHost && n <= mostHost
	}) || slices.ContainsFunc(inBraces.FindAllStringSubmatch(text, -1), func(m []string) bool { return isIPv6(m[1]) }) ||
		slices.ContainsFunc(strings.Fields(text), isIPv6)
}

func isIPv6(word string) bool {
	word, _, _ = strings.Cut(strings.Trim(word, `.,;()"`), "/")
	addr, err := netip.ParseAddr(word)
	return err == nil && addr.Is6()
}
