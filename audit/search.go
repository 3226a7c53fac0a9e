package audit

import (
	"context"

	"pulih/db"
)

// Filter narrows what is read of an agency's log. Empty fields ask for
// nothing; Until is exclusive, and 0 stands for no end. Actor is the id of a
// member of staff, or another kind of actor.
type Filter struct {
	Agency      string
	Person      string
	Object      string
	Actor       string
	Action      Action
	Result      string
	From, Until db.Time
}

// Mark is where a page of the log ended.
type Mark struct {
	At db.Time
	ID string
}

const farFuture = db.Time(1<<63 - 1)

// Search reads the events of one agency (ST-04), newest first, that stand
// before a mark; the zero mark is the end.
func Search(ctx context.Context, tx *db.Tx, f Filter, before Mark, most int) ([]Event, error) {
	if before == (Mark{}) {
		before.At = f.until()
	}
	return db.All(ctx, tx, scanEvent, f.statement(), f.Agency, f.From, before.At, before.ID,
		f.Person, f.Object, f.Actor, string(f.Action), f.Result, most)
}

func (f Filter) until() db.Time {
	if f.Until == 0 {
		return farFuture
	}
	return f.Until
}

// statement walks the index of what few events have.
func (f Filter) statement() string {
	switch {
	case f.Person != "":
		return searchPerson
	case f.Object != "":
		return searchObject
	case f.Result != "" && f.Result != OK:
		return searchRare
	case f.Actor != "":
		return searchActor
	case f.Action != "":
		return searchAction
	}
	return searchAll
}
