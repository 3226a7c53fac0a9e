package tickets

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// birthForm is a day, a month as a number or a word, and a year, however they
// are parted: "19-06-1976", "1/6/1976", "19061976", "19 Juni 1976".
var birthForm = regexp.MustCompile(`^(\d{1,2})[\s./-]+(\d{1,2}|\pL+)[\s./-]+(\d{4})$|^(\d{2})(\d{2})(\d{4})$`)

// monthWords are the Indonesian names, January first, with their short forms.
var monthWords = []string{"januari jan", "februari feb pebruari peb", "maret mar", "april apr", "mei", "juni jun", "juli jul",
	"agustus agu ags agt", "september sep sept", "oktober okt", "november nov nopember nop", "desember des"}

// parseBirth reads a date as documents and people write it: the day first,
// or as ISO 8601.
func parseBirth(typed string) (time.Time, bool) {
	if t, err := time.Parse(time.DateOnly, typed); err == nil {
		return t, true
	}
	parts := birthForm.FindStringSubmatch(typed)
	if parts == nil {
		return time.Time{}, false
	}
	parts = parts[1:]
	if parts[0] == "" {
		parts = parts[3:]
	}
	t, err := time.Parse("2-1-2006", parts[0]+"-"+monthNumber(parts[1])+"-"+parts[2])
	return t, err == nil
}

// monthNumber is the number of a month's name; what is none stays as it is.
func monthNumber(typed string) string {
	named := slices.IndexFunc(monthWords, func(words string) bool {
		return slices.Contains(strings.Fields(words), strings.ToLower(typed))
	})
	if named < 0 {
		return typed
	}
	return strconv.Itoa(named + 1)
}
