package guide

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"pulih/db"
	"pulih/otp"
)

func scanPractice(row db.Scanner) (p Practice, sealed []byte, err error) {
	var offsets string
	var taken db.Time
	var low, high int64
	err = row.Scan(&p.ID, &sealed, &p.tries, &p.codeAt, &offsets, &p.Until, &p.walk, &taken, &low, &high, &p.misses)
	p.Taken = taken > 0
	p.drift = otp.Drift{Low: time.Duration(low) * time.Microsecond, High: time.Duration(high) * time.Microsecond}
	if err == nil {
		p.offsets, err = parseOffsets(offsets)
	}
	return p, sealed, err
}

func parseOffsets(text string) ([]int, error) {
	var offsets []int
	for _, word := range strings.Fields(text) {
		k, err := strconv.Atoi(word)
		if err != nil {
			return nil, fmt.Errorf("guide: offsets: %w", err)
		}
		offsets = append(offsets, k)
	}
	return offsets, nil
}

func formatOffsets(offsets []int) string { return strings.Trim(fmt.Sprint(offsets), "[]") }
