package mail

// verdict is what became of one try.
type verdict struct {
	state  State
	answer string
}
