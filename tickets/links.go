package tickets

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// A text to a person links to listed hosts only (impostor 24). It is drawn as
// plain text, but people type what they read: so a bare name of a host is a
// link too, and a degree such as "S.Pd" is none. What is a number of a host is
// told in links_number.go.
var (
	hostName = regexp.MustCompile(`[\pL\pN_-]+(?:\.[\pL\pN_-]+)*\.[\pL][\pL\pN-]+(?:/|:\d)?`)
	named    = regexp.MustCompile(`(?i)(?:https?:[/\\]*|[/\\]{2,})([^\s/\\:?#]*)`) // what a scheme leads to
	userinfo = regexp.MustCompile(`(?i)(?:https?:|[/\\]{2})\S*@|@[\d\[]`)

	// The degrees that end like a host's name, each alone: S.Id is none.
	academic = regexp.MustCompile(`^(?:[A-Z]|Sp|Dr|Drs|Ir|Ns|Apt|Ph)(?:\.(?:[A-Z]|A[bgkn]|AB|AK|AN|AP|Ars|Bid|Biomed|BS|Cs|Ds|Eng?|Farm|Fil|Gz|Hub|Hum|Hut|I[Pp]|` +
		`Ked|Keb|Kep|Kes|KH|K[Mn]|KK|Kom|Li|Ling|Log|Mat|M[Md]|MK|Mn|O[GT]|Or|Par|P[Aa]r|P[Di]|PD|PK|Pd|Pem|Psi|Pt|Rad|Sc|S[DEKPT]|SE|Si|Sn|Sos|ST|STP|Stat|Th|THT|TP|Tr))+$`)
	endsThere = regexp.MustCompile(`^\.?[,;:)"”’!?]*(?:\s|$)`)
	oneDot    = strings.NewReplacer("／", "/", "⁄", "/", "∕", "/", "＼", `\`, "＠", "@", "：", ":", "？", "?")
)

// linksWell tells whether every host that a text names is listed.
func (d *Desk) linksWell(text string) bool {
	text = strings.Map(plainDot, oneDot.Replace(strings.Map(seen, text)))
	if userinfo.MatchString(text) || namesNumber(text) {
		return false
	}
	for _, led := range named.FindAllStringSubmatch(text, -1) {
		if led[1] != "" && !d.listed(led[1]) {
			return false
		}
	}
	return !slices.ContainsFunc(hostName.FindAllStringIndex(text, -1), func(at []int) bool {
		return !d.listed(text[at[0]:at[1]]) && !isDegree(text, at)
	})
}

// isDegree tells whether what looks like a host is a degree: nothing leads
// into it, and nothing goes on behind it.
func isDegree(text string, at []int) bool {
	before := text[:at[0]]
	return academic.MatchString(text[at[0]:at[1]]) && endsThere.MatchString(text[at[1]:]) && !strings.HasSuffix(before, "@") && !strings.HasSuffix(before, "/")
}

// seen drops what hides between letters.
func seen(r rune) rune {
	if r != '\n' && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Mn) {
		return -1
	}
	return r
}

// plainDot makes a dot of every sign that may be taken for one. Quotation
// marks, dashes and an ellipsis are not.
func plainDot(r rune) rune {
	if r > unicode.MaxASCII && unicode.In(r, unicode.P, unicode.S) && !strings.ContainsRune("“”‘’–—−…", r) || strings.ContainsRune("٠۰ꓸ", r) {
		return '.'
	}
	return r
}

func (d *Desk) listed(host string) bool {
	host = strings.ToLower(strings.TrimRight(host, ".,;)!\"”’/"))
	host, _, _ = strings.Cut(host, ":")
	return slices.ContainsFunc(d.hosts, func(h string) bool { return host == h || strings.HasSuffix(host, "."+h) })
}
