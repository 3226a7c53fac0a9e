package guide

import (
	"fmt"
	"strconv"
	"strings"

	"pulih/db"
)

func scanPractice(row db.Scanner) (p Practice, sealed []byte, err error) {
	var offsets string
	err = row.Scan(&p.ID, &sealed, &p.tries, &p.codeAt, &offsets, &p.Until)
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
