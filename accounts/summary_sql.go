package accounts

import "pulih/db"

const (
	selectSummary = `SELECT wanted_at, sent_for FROM summaries WHERE staff = $1`
	wantSummary   = `INSERT INTO summaries (staff, wanted_at, sent_for) VALUES ($1, $2, '')
		ON CONFLICT (staff) DO UPDATE SET wanted_at = excluded.wanted_at WHERE summaries.wanted_at = 0`
	endSummary        = `UPDATE summaries SET wanted_at = 0 WHERE staff = $1 AND wanted_at > 0`
	markSummary       = `UPDATE summaries SET sent_for = $2, mail = $3 WHERE staff = $1 AND wanted_at > 0 AND sent_for < $2`
	selectSummaryMail = `SELECT mail FROM summaries WHERE staff = $1 AND mail <> ''`

	selectSubscribers = `SELECT ` + staffColumns + `, s.wanted_at, s.sent_for FROM summaries s JOIN staff t ON t.id = s.staff
		WHERE s.wanted_at > 0 AND s.sent_for < $1 AND t.disabled_at = 0 ORDER BY t.id`
)

func scanSummary(row db.Scanner) (s Summary, err error) {
	err = row.Scan(&s.WantedAt, &s.SentFor)
	return s, err
}

func scanSubscriber(row db.Scanner) (s Subscriber, err error) {
	s.Member, err = scanMember(longer{row, []any{&s.WantedAt, &s.SentFor}})
	return s, err
}

// longer is a row with more columns at its end.
type longer struct {
	db.Scanner
	more []any
}

func (l longer) Scan(dest ...any) error { return l.Scanner.Scan(append(dest, l.more...)...) }
