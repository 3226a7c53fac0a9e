package tickets

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"pulih/db"
)

// Cursor is a place in a list, for the page's address; "" is its beginning.
// It is no secret, and a made-up one only shows another part of the same list.
type Cursor string

// key is where a row stands: rank, then time, then id.
type key struct {
	rank int64
	at   db.Time
	id   string
}

const farFuture = db.Time(1) << 62

// last is behind every row that is ordered by time.
var last = key{at: farFuture}

func (k key) compare(other key) int {
	return cmp.Or(cmp.Compare(k.rank, other.rank), cmp.Compare(k.at, other.at), cmp.Compare(k.id, other.id))
}

func cursor(direction string, k key) Cursor {
	return Cursor(fmt.Sprintf("%s.%d.%d.%s", direction, k.rank, int64(k.at), k.id))
}

func (c Cursor) read() (back bool, k key, err error) {
	if c == "" {
		return false, k, nil
	}
	parts := strings.SplitN(string(c), ".", 4)
	if len(parts) != 4 || (parts[0] != "n" && parts[0] != "p") {
		return false, k, ErrNoTicket
	}
	rank, err1 := strconv.ParseInt(parts[1], 10, 64)
	at, err2 := strconv.ParseInt(parts[2], 10, 64)
	if err1 != nil || err2 != nil || len(parts[3]) > 64 {
		return false, k, ErrNoTicket
	}
	return parts[0] == "p", key{rank, db.Time(at), parts[3]}, nil
}

// paged cuts rows, of which one more than a page was read, into a page.
func paged(rows []record, c Cursor, keyOf func(record) key) (p Page) {
	rows, p.Prev, p.Next = turn(rows, c, keyOf)
	for _, r := range rows {
		p.Rows = append(p.Rows, r.forStaff())
	}
	return p
}

// turn is the same for rows of any kind: what stands on the page, in the order
// of the list, and where the pages before and behind it are.
func turn[T any](rows []T, c Cursor, keyOf func(T) key) (page []T, prev, next Cursor) {
	back := strings.HasPrefix(string(c), "p")
	more := len(rows) > PageSize
	page = rows[:min(len(rows), PageSize)]
	if back {
		slices.Reverse(page)
	}
	if len(page) == 0 {
		return page, "", ""
	}
	if more || back {
		next = cursor("n", keyOf(page[len(page)-1]))
	}
	if c != "" && (more || !back) {
		prev = cursor("p", keyOf(page[0]))
	}
	return page, prev, next
}

func pick(back bool, backward, forward string) string {
	if back {
		return backward
	}
	return forward
}
