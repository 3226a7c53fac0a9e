package accounts

import (
	"context"
	"strings"

	"pulih/db"
	"pulih/secret"
)

// book is what is known before an import.
type book struct {
	people    map[secret.NIP]known
	stems     map[string]bool   // what a spreadsheet leaves of each number
	agencies  map[string]string // as they are spelt, by their folded name
	proposals map[contact]string
	staff     map[secret.NIP]bool
}

// known is somebody on file. changedAt is what an update must still find.
type known struct {
	Person
	activated bool
	changedAt db.Time
}

// contact names an address of a person: field is "email" or "phone".
type contact struct{ person, field string }

var contactField = map[Column]string{ColumnEmail: "email", ColumnPhone: "phone"}

type proposal struct {
	contact
	value string
}

func openBook(ctx context.Context, tx *db.Tx) (book, error) {
	b := book{people: map[secret.NIP]known{}, stems: map[string]bool{}, agencies: map[string]string{},
		proposals: map[contact]string{}, staff: map[secret.NIP]bool{}}
	people, err := db.All(ctx, tx, scanKnown, selectKnown)
	if err != nil {
		return b, err
	}
	for _, k := range people {
		b.people[k.NIP] = k
		b.stems[stem(k.NIP)] = true
		b.agencies[fold(k.Agency)] = k.Agency
	}
	return b, b.readRest(ctx, tx)
}

func (b book) readRest(ctx context.Context, tx *db.Tx) error {
	proposals, err := db.All(ctx, tx, scanProposal, selectOpenProposals)
	if err != nil {
		return err
	}
	for _, p := range proposals {
		b.proposals[p.contact] = p.value
	}
	staff, err := db.All(ctx, tx, scanNIP, selectStaffNIPs)
	for _, nip := range staff {
		b.staff[nip] = true
	}
	return err
}

// spelling gives an agency the name that it has already: "PEMKAB CONTOH" is
// no new agency, whose addresses would count as long on file.
func (b book) spelling(agency string) string {
	name, ok := b.agencies[fold(agency)]
	if !ok {
		b.agencies[fold(agency)] = agency
		return agency
	}
	return name
}

// agencyPlans counts who is active in each agency of the file, in its order.
func (b book) agencyPlans(entries []entry) []AgencyPlan {
	at := map[string]int{}
	var plans []AgencyPlan
	for _, e := range entries {
		if _, ok := at[e.agency]; !ok {
			at[e.agency] = len(plans)
			plans = append(plans, AgencyPlan{Name: e.agency, First: true})
		}
	}
	for _, k := range b.people {
		i, ok := at[k.Agency]
		if !ok {
			continue
		}
		plans[i].First = false
		if k.Active {
			plans[i].Active++
		}
	}
	return plans
}

// differs compares what an import may always change. An empty cell says
// nothing.
func (k known) differs(e entry) []FieldChange {
	var fields []FieldChange
	add := func(c Column, from, to string) {
		if from != to && to != "" {
			fields = append(fields, FieldChange{Column: c, From: from, To: to})
		}
	}
	add(ColumnName, k.Name, e.name)
	add(ColumnUnit, k.Unit, e.unit)
	add(ColumnAgency, k.Agency, e.agency)
	if !k.Active {
		add(ColumnStatus, "tidak aktif", "aktif")
	}
	return fields
}

func (k known) newContacts(e entry) []FieldChange {
	var fields []FieldChange
	if e.email != "" && !strings.EqualFold(string(e.email), string(k.Email)) {
		fields = append(fields, FieldChange{Column: ColumnEmail, value: string(e.email), replaces: k.Email != ""})
	}
	if e.phone != "" && e.phone != k.Phone {
		fields = append(fields, FieldChange{Column: ColumnPhone, value: string(e.phone), replaces: k.Phone != ""})
	}
	return fields
}
