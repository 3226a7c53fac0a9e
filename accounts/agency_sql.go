package accounts

const (
	selectAgencyOfPerson = `SELECT agency FROM people WHERE id = $1`
	selectAgencyOfStaff  = `SELECT agency FROM staff WHERE id = $1`
)
