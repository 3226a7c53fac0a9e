package accounts

import "pulih/db"

const (
	proposalColumns = `id, agency, kind, object, value, standing, proposed_at, proposed_by, proposed_name, browser,
		confirmed_at, confirmed_by, confirmed_name, ended_at, ended_name`

	insertStaffProposal = `INSERT INTO staff_proposals (id, agency, kind, object, value, standing, same, proposed_at, proposed_by,
		proposed_name, browser, confirmed_at, confirmed_by, confirmed_name, ended_at, ended_by, ended_name)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, '', '', 0, '', '') ON CONFLICT DO NOTHING`
	forgetOldProposals = `UPDATE staff_proposals SET same = id WHERE agency = $1 AND kind = $2 AND proposed_at <= $3
		AND confirmed_at = 0 AND ended_at = 0`
	selectStaffProposal  = `SELECT ` + proposalColumns + ` FROM staff_proposals WHERE id = $1 AND agency = $2`
	selectStaffProposals = `SELECT ` + proposalColumns + ` FROM staff_proposals WHERE agency = $1 AND kind <> 'bulk.reply'
		AND (confirmed_at = 0 AND ended_at = 0 AND proposed_at > $2 OR id IN (SELECT id FROM staff_proposals
			WHERE agency = $1 AND kind <> 'bulk.reply' ORDER BY proposed_at DESC, id DESC LIMIT 100))
		ORDER BY proposed_at DESC, id DESC`
	confirmStaffProposal = `UPDATE staff_proposals SET confirmed_at = $2, confirmed_by = $3, confirmed_name = $4
		WHERE id = $1 AND confirmed_at = 0 AND ended_at = 0 AND proposed_by <> $3`
	endStaffProposal = `UPDATE staff_proposals SET ended_at = $2, ended_by = $3, ended_name = $4
		WHERE id = $1 AND confirmed_at = 0 AND ended_at = 0`
)

func scanStaffProposal(row db.Scanner) (p Proposal, err error) {
	err = row.Scan(&p.ID, &p.Agency, &p.Kind, &p.Object, &p.Value, &p.Standing, &p.ProposedAt, &p.ProposedBy, &p.ProposedName, &p.browser,
		&p.ConfirmedAt, &p.ConfirmedBy, &p.ConfirmedName, &p.EndedAt, &p.EndedName)
	return p, err
}
