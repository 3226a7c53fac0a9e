package views

// Settings is the first page of an agency's settings.
type Settings struct {
	Did     string // what has just happened; "" draws none
	Waiting []ProposalLine
	Places  []Place // where settings are changed; none for whoever only confirms
	Past    []Moment
	Held    []SettingHeld // for whoever only confirms: what is in force
}

// SettingHeld is one setting as it is in force.
type SettingHeld struct {
	Title string
	Rows  []Row
}

// Place is a link with a sentence of what is there.
type Place struct {
	Title string
	Text  string
	Href  string
}

// ProposalLine is one proposal in the list.
type ProposalLine struct {
	Title string
	Text  string // who proposed it, until when it waits
	Href  string
}

// ProposalPage is one proposal with what it would change.
type ProposalPage struct {
	Title   string
	State   Badge
	Rows    []Row  // what is proposed
	Changes []Row  // what holds now, where there is something
	People  []Row  // who and when
	Confirm string // address; "" where he may not
	Warning string // what to make sure of before confirming
	WhyNot  string // Indonesian
	End     string // address; "" where it is settled
	EndText string
}

// SetupHalf is one half of a set-up code, shown once.
type SetupHalf struct {
	First bool
	Name  string // whose account
	Code  string
	Done  string // what has happened
	Other string // who has the other half
	Place string // where both are typed
	Back  string
}

// StaffList is the staff of the agency.
type StaffList struct {
	Did   string
	Table Table
}

// StaffNew is the form for a new member.
type StaffNew struct {
	NIP, Name, Email, Units string
	Roles                   []Option
}

// StaffMember is one member of staff with what an admin may do.
type StaffMember struct {
	Did      string
	Rows     []Row
	Self     bool // nobody changes his own account here
	Disabled bool
	Action   string // his address
	Roles    []Option
	Units    string
}

// roleField is one tick of the roles.
func roleField(o Option) Field {
	f := Field{Name: "peran-" + o.Value, Label: o.Text, Hint: o.Hint}
	if o.Here {
		f.Value = "ya"
	}
	return f
}

func unitsField(value string) Field {
	return Field{
		Name: "unit", Label: "Hanya unit ini", Value: value, Rows: 3, Optional: true,
		Hint: "Satu unit tiap baris, seperti di daftar pegawai. Kosong berarti semua unit.",
	}
}
