package main

import (
	"context"
	"fmt"
	"strings"

	"pulih/db"
)

// sealedColumn is a column whose values are sealed for the place
// "table|column|id". find reads some rows above an id; swap replaces a value
// that is still the one read.
type sealedColumn struct{ name, find, swap string }

// sealedColumns is everything that is sealed at rest, but for the outbox, in
// one place: what is missing here is lost when its key is taken away.
var sealedColumns = []sealedColumn{
	{"devices.secret", findDeviceSecrets, swapDeviceSecret},
	{"enrolments.secret", findEnrolments, swapEnrolment},
	{"staff.secret", findStaffSecrets, swapStaffSecret},
	{"staff.pending_secret", findStaffPending, swapStaffPending},
	{"resets.typed_email", findResetEmails, swapResetEmail},
	{"practices.secret", findPractices, swapPractice},
	{"captchas.digits", findCaptchas, swapCaptcha},
	{"attachments.key", findFileKeys, swapFileKey},
	{"drafts.answers", findDrafts, swapDraft},
}

func (col sealedColumn) place(id string) string {
	return strings.ReplaceAll(col.name, ".", "|") + "|" + id
}

// reseal walks the column from the first id to the last.
func (col sealedColumn) reseal(ctx context.Context, d directory) (int, error) {
	total := 0
	for after := ""; ; {
		last, n, err := col.batch(ctx, d, after)
		total += n
		if err != nil || last == "" {
			return total, err
		}
		after = last
	}
}

const resealBatch = 200

// batch seals some rows anew in one transaction, and says which was the last.
func (col sealedColumn) batch(ctx context.Context, d directory, after string) (last string, n int, err error) {
	err = d.db.Write(ctx, func(tx *db.Tx) error {
		rows, err := db.All(ctx, tx, scanSealed, col.find, after, resealBatch)
		if err != nil || len(rows) == 0 {
			return err
		}
		last = rows[len(rows)-1].id
		if n, err = col.swapAll(ctx, tx, d, rows); err != nil || n == 0 {
			return err
		}
		return d.rotated(ctx, tx, col.name, n)
	})
	return last, n, err
}

func (col sealedColumn) swapAll(ctx context.Context, tx *db.Tx, d directory, rows []sealedRow) (n int, err error) {
	for _, row := range rows {
		if !d.keys.Stale(row.value) {
			continue
		}
		plain, err := d.keys.Open(col.place(row.id), row.value)
		if err != nil {
			return n, fmt.Errorf("%s: %w", row.id, err)
		}
		swapped, err := tx.Exec(ctx, col.swap, row.id, row.value, d.keys.Seal(col.place(row.id), plain))
		if err != nil {
			return n, err
		}
		n += int(swapped)
	}
	return n, nil
}
