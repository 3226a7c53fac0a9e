package views

import "github.com/a-h/templ"

// Row is one line of a summary: what, its value, and where to change it.
type Row struct {
	Key    string
	Value  string
	Body   templ.Component // drawn instead of Value when set
	Change string          // address of the "Ubah" link; "" draws none
}

// Moment is one event of a timeline, newest or oldest first as given.
type Moment struct {
	Title string
	When  string // as shown, with zone
	At    string // RFC 3339, for machines
	Text  string
	By    string
	Tone  Tone // "" is neutral
	Now   bool // where things stand
	Later bool // has not happened yet
}

// Message is one turn of a conversation.
type Message struct {
	By   string
	When string
	At   string // RFC 3339
	Text string // line breaks are kept
	Mine bool   // written by the side that is reading
	Note bool   // internal, never shown to the requester
}

// Column is the head of a table column.
type Column struct {
	Text   string
	Number bool // right aligned, tabular figures
	Hide   bool // head is for screen readers only
}

// Cell is one value of a table.
type Cell struct {
	Text  string
	Href  string
	Small string          // a second, quieter line
	Code  bool            // a number to compare by eye: tabular, never broken
	Body  templ.Component // drawn instead of Text when set
}

// Table stacks to cards below 768 px; the first cell heads its card.
type Table struct {
	Caption string
	Quiet   bool // caption is for screen readers only
	Head    []Column
	Rows    [][]Cell
}

// Pager is keyset paging: an empty address draws no link.
type Pager struct {
	Newer string
	Older string
	Shown string // "50 tiket", or ""
}

func (t Table) column(i int) Column {
	if i < len(t.Head) {
		return t.Head[i]
	}
	return Column{}
}

func (m Moment) tone() Tone {
	if m.Tone == "" {
		return ToneNeutral
	}
	return m.Tone
}
