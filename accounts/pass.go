package accounts

// Basis says what a pass rests on, and so what its holder must still show
// when he uses it (ET-05, impostor 1).
type Basis string

// The three bases. With ByFactor the remaining factor is shown again; with
// the other two the person sets a new password as he enrols.
const (
	ByFactor    Basis = "factor"    // a remaining factor and a document
	ByCallback  Basis = "callback"  // no factor: documents and a call to the number on file
	ByOriginals Basis = "originals" // originals seen at the counter by two people
)
