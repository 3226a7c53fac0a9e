package mailbox

import (
	"net"

	"github.com/emersion/go-smtp"
)

// Fault is a way in which the box fails from now on.
type Fault string

// The faults.
const (
	None    Fault = ""
	Refuse  Fault = "refuse"  // 550 to the recipient, for good
	Busy    Fault = "busy"    // 451 to the recipient, for now
	Slow    Fault = "slow"    // takes the message and does not answer until the fault is over
	Drop    Fault = "drop"    // takes the message and drops the connection instead of answering
	HangUp  Fault = "hang up" // answers 250 to the message, then drops the connection
	Down    Fault = "down"    // drops every connection before it greets
	Foreign Fault = "foreign" // 550 to the sender: it is not ours to relay for
)

// Fail sets the fault; None ends it and lets slow answers go out.
func (b *Box) Fail(f Fault) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.fault = f
	close(b.held)
	b.held = make(chan struct{})
}

func (b *Box) failing() (Fault, <-chan struct{}) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.fault, b.held
}

var (
	refused = &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "No such user here"}
	busy    = &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "Try again later"}
	foreign = &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 7, 1}, Message: "Sender is not ours"}
)

// gate is the listener that hangs up while the box is Down.
type gate struct {
	net.Listener
	box *Box
}

func (g gate) Accept() (net.Conn, error) {
	for {
		conn, err := g.Listener.Accept()
		if err != nil {
			return nil, err
		}
		if fault, _ := g.box.failing(); fault != Down {
			return conn, nil
		}
		_ = conn.Close()
	}
}
