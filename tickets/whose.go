package tickets

import (
	"context"
	"slices"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
)

// Whose says which agencies may read of an event (ST-04): that of the member
// of staff who acted, of the person or member of staff it concerns, of the
// request. What is of none is the installation's own, as requests of unknown
// people are.
func Whose(home string) audit.Where {
	return func(ctx context.Context, tx *db.Tx, e audit.Event) ([]string, error) {
		agencies := []string{e.Detail["agency"]}
		for _, look := range []struct {
			id string
			of func(context.Context, *db.Tx, string) (string, error)
		}{
			{actingStaff(e.Actor), accounts.AgencyOfStaff}, {e.Person, accounts.AgencyOfPerson},
			{e.Object, AgencyOf}, {e.Object, accounts.AgencyOfStaff},
		} {
			if look.id == "" {
				continue
			}
			agency, err := look.of(ctx, tx, look.id)
			if err != nil {
				return nil, err
			}
			agencies = append(agencies, agency)
		}
		return eachOr(agencies, home), nil
	}
}

func actingStaff(a audit.Actor) string {
	if a.Kind != audit.Staff {
		return ""
	}
	return a.ID
}

// eachOr is each name once; home when there is none.
func eachOr(agencies []string, home string) []string {
	slices.Sort(agencies)
	agencies = slices.DeleteFunc(slices.Compact(agencies), func(a string) bool { return a == "" })
	if len(agencies) == 0 {
		return []string{home}
	}
	return agencies
}
