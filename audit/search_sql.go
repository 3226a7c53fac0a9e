package audit

// A search walks the index of the narrowest thing that was asked for, newest
// first, and looks at the rest on the way.
const (
	searchColumns = `SELECT e.id, e.at, e.actor_kind, e.actor, e.action, e.person, e.object, e.result, e.detail, e.request, e.network
		FROM audit_places p JOIN audit_events e ON e.id = p.event
		WHERE p.agency = $1 AND p.at >= $2 AND (p.at, p.event) < ($3, $4)`
	ofPerson = ` AND ($5 = '' OR p.person = $5)`
	ofObject = ` AND ($6 = '' OR p.object = $6)`
	ofActor  = ` AND ($7 = '' OR p.actor = $7)`
	ofAction = ` AND ($8 = '' OR p.action = $8)`
	ofResult = ` AND ($9 = '' OR p.result = $9)`
	newest   = ofResult + ` ORDER BY p.at DESC, p.event DESC LIMIT $10 + 0`

	searchPerson = searchColumns + ` AND p.person = $5 AND p.person <> ''` + ofObject + ofActor + ofAction + newest
	searchObject = searchColumns + ` AND p.object = $6 AND p.object <> ''` + ofPerson + ofActor + ofAction + newest
	searchRare   = searchColumns + ` AND p.result = $9 AND p.result <> 'ok'` + ofPerson + ofObject + ofActor + ofAction + newest
	searchActor  = searchColumns + ` AND p.actor = $7` + ofPerson + ofObject + ofAction + newest
	searchAction = searchColumns + ` AND p.action = $8` + ofPerson + ofObject + ofActor + newest
	searchAll    = searchColumns + ofPerson + ofObject + ofActor + ofAction + newest

	ofIncident = `FROM audit_places p WHERE p.agency = $1 AND p.at >= $2 AND p.at < $3
		AND ($4 = '' OR p.actor = $4) AND ($5 = '' OR p.action = $5)
		AND ($4 <> '' OR $5 <> '' OR p.action NOT IN ('audit.read', 'history.ask', 'history.export'))
		AND ($6 = '' OR EXISTS (SELECT 1 FROM audit_events e WHERE e.id = p.event AND substr(e.network, 1, length($6)) = $6))`
	selectAffected = `SELECT DISTINCT p.person ` + ofIncident + ` AND p.person > $7 AND p.person <> '' ORDER BY p.person LIMIT $8 + 0`
	selectTouched  = `SELECT p.action, min(p.at), max(p.at), count(*) ` + ofIncident + ` AND p.person = $7 AND p.person <> ''
		GROUP BY p.action ORDER BY p.action`
	countActors       = `SELECT actor, count(*) FROM audit_places WHERE agency = $1 AND action = $2 AND at >= $3 AND at < $4 GROUP BY actor`
	selectAgencyAfter = `SELECT agency FROM audit_places WHERE agency > $1 ORDER BY agency LIMIT 1`
)
