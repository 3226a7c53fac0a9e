package app

import (
	"errors"
	"slices"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
	"pulih/views"
)

// auditUnknown takes off what is of nobody in the agency and of no known
// word. What was looked for stays in the log for ever, so a number that
// somebody types into the address must not get there (AU-05), nor another
// agency's event into a person's history (ST-04).
func (a *App) auditUnknown(c echo.Context, q *auditQuery) (mistakes []views.FieldError, err error) {
	names, err := a.staffNames(c)
	if err != nil {
		return nil, err
	}
	person, err := a.knownPerson(c, q.Person)
	for _, field := range []struct {
		known            bool
		name, field, say string
	}{
		{person, "orang", "nip", "Orang ini tidak ada di instansi Anda. Cari dengan NIP."},
		{KnownActor(q.Actor, names), "pelaku", "pelaku", "Pilih pelaku dari daftar."},
		{KnownAction(q.Action), "tindakan", "tindakan", "Pilih tindakan dari daftar."},
		{knownResult(q.Result), "hasil", "hasil", "Pilih hasil dari daftar."},
	} {
		if !field.known {
			mistakes = append(mistakes, views.FieldError{Field: field.field, Text: field.say})
			q.values.Del(field.name)
		}
	}
	q.Person, q.Actor, q.Action, q.Result = q.text("orang"), q.text("pelaku"), audit.Action(q.text("tindakan")), q.text("hasil")
	return mistakes, err
}

func (a *App) knownPerson(c echo.Context, id string) (known bool, err error) {
	if id == "" {
		return true, nil
	}
	ctx := c.Request().Context()
	err = a.DB.Read(ctx, func(tx *db.Tx) error {
		p, err := a.Accounts.Person(ctx, tx, id)
		known = err == nil && sees(a.staff(c), p)
		if errors.Is(err, accounts.ErrNoPerson) {
			err = nil
		}
		return err
	})
	return known, err
}

// KnownActor tells whether an id is one of the staff in names, or another kind
// of actor; "" is anybody.
func KnownActor(id string, names map[string]string) bool {
	_, colleague := names[id]
	return id == "" || colleague || slices.ContainsFunc(otherActors, func(o otherActor) bool { return string(o.kind) == id })
}

// KnownAction tells whether an action is one that the log can hold; "" is any.
// The console asks it too: a slip in the word would list nobody (PR-05).
func KnownAction(action audit.Action) bool {
	return action == "" || actionWords(action) != string(action)
}

func knownResult(result string) bool {
	_, known := resultWords[result]
	return result == "" || known
}
