// Package tickets is the desk: a request for help, its states, the check of
// an identity by two people, the queue, and what supervisors are told of it.
//
// state.go holds the table of transitions, which is the only place that says
// what may follow what; move in move.go is the only writer of a state.
package tickets
