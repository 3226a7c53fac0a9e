package views

// DeskFile is one file of a request, beside the form that compares it with
// the record.
type DeskFile struct {
	Title   string // "KTP"
	Picture string // address of the watermarked copy; "" for a PDF
	PDF     string // address of the PDF; "" for a picture
	Mark    string // the watermark, which a PDF does not carry itself
	About   []Row
	Compare *Action
	Weighs  string // what the file counts for by itself; "" says nothing
	NoForm  string // why nothing can be compared
	Others  []Link // the other files of the request
}
