package views

// searching is a field that asks for words.
func searching(f Field) Field {
	f.Type, f.Max, f.OneOf, f.Autocomplete = "search", 200, true, "off"
	return f
}
