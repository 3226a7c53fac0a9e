package tickets

import (
	"strings"

	"pulih/accounts"
)

// units are the units whose requests he sees, as statements compare them with
// home_unit: "|Dinas A|Dinas B|", and "" for all of his agency (ST-04).
func (b By) units() string {
	if len(b.Staff.Units) == 0 {
		return ""
	}
	return "|" + strings.Join(parted(b.Staff.Units...), "|") + "|"
}

// parted are names of units without what parts them in a statement: somebody
// bound to "Dinas|RSUD" must not see what is RSUD's.
func parted(units ...string) []string {
	plain := make([]string, len(units))
	for i, unit := range units {
		plain[i] = strings.ReplaceAll(unit, "|", "¦")
	}
	return plain
}

// homeOf is the unit of a ticket's subject, as home_unit has it.
func homeOf(p accounts.Person) string { return parted(p.Unit)[0] }
