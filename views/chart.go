package views

// Chart is a picture of numbers that also stands as a table beneath it.
type Chart struct {
	ID     string // unique on the page
	Title  string
	Desc   string // what the picture shows, in a sentence, for those who do not see it
	Axis   string // head of the first column of the table: "Minggu"
	Unit   string // "tiket"
	Labels []string
	Series []Series
}

// Series is one line, or one bar of each group. At most three.
type Series struct {
	Name   string
	Values []float64
}
