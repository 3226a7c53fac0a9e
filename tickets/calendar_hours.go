package tickets

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

var windowRule = regexp.MustCompile(`^([0-9]{1,2})[.:]([0-9]{2})[-–]([0-9]{1,2})[.:]([0-9]{2})$`)

// ParseHours reads the working time of a day as people write it, such as
// "07.30-12.00 13.00-16.00"; "" is a day off. ErrCalendar.
func ParseHours(text string) ([]Window, error) {
	var day []Window
	for _, part := range strings.Fields(strings.ReplaceAll(text, ",", " ")) {
		found := windowRule.FindStringSubmatch(part)
		if found == nil {
			return nil, fmt.Errorf("%w: %q is no window such as 07.30-12.00", ErrCalendar, part)
		}
		day = append(day, Window{clockTime(found[1], found[2]), clockTime(found[3], found[4])})
	}
	if !inOrder(day) {
		return nil, fmt.Errorf("%w: %q is out of order", ErrCalendar, text)
	}
	return day, nil
}

// clockTime is past any day where the minutes are: no hour has sixty.
func clockTime(hour, minute string) time.Duration {
	h, _ := strconv.Atoi(hour)
	m, _ := strconv.Atoi(minute)
	if m > 59 {
		return 25 * time.Hour
	}
	return time.Duration(h)*time.Hour + time.Duration(m)*time.Minute
}

// FormatHours writes what ParseHours reads.
func FormatHours(day []Window) string {
	parts := make([]string, len(day))
	for i, w := range day {
		parts[i] = formatClock(w.From) + "-" + formatClock(w.Until)
	}
	return strings.Join(parts, " ")
}

func formatClock(d time.Duration) string {
	return fmt.Sprintf("%02d.%02d", int(d.Hours()), int(d.Minutes())%60)
}
