package accounts

import "fmt"

// BrakeName names what a brake counts. Somebody types it with the number.
type BrakeName string

// The brakes (impostor 7). What an import proposes and what it changes at
// once, in accounts not yet activated, are counted apart.
const (
	BrakeDeactivated BrakeName = "deactivated"
	BrakeProposed    BrakeName = "proposed"
	BrakeReplaced    BrakeName = "replaced"
)

// Brake stops an import until somebody types Count for it. Why is a sentence
// for the operator.
type Brake struct {
	Name  BrakeName
	Count int
	Why   string
}

// fewAddresses may change whatever the size of the roster; above it, one in a
// hundred.
const fewAddresses = 20

func (p *Plan) findBrakes() []Brake {
	activated, rest := p.known.accountsIn(p.Agencies)
	brakes := p.deactivations()
	if n, most := p.replaced(Proposed), max(fewAddresses, activated/100); n > most {
		brakes = append(brakes, Brake{BrakeProposed, n, fmt.Sprintf(
			"%d email atau nomor HP akun aktif akan diusulkan berubah. Batasnya %d.", n, most)})
	}
	if n, most := p.replaced(Changed), max(fewAddresses, rest/100); n > most {
		brakes = append(brakes, Brake{BrakeReplaced, n, fmt.Sprintf(
			"%d email atau nomor HP akan langsung berganti. Batasnya %d.", n, most)})
	}
	return brakes
}

// deactivations looks at each agency by itself: a file of two may lack the
// small one whole, and that is no tenth of both.
func (p *Plan) deactivations() []Brake {
	gone := map[string]int{}
	for _, c := range p.Changes {
		if c.Kind == Deactivated {
			gone[c.agency]++
		}
	}
	for _, a := range p.Agencies {
		if gone[a.Name]*10 > a.Active {
			return []Brake{{BrakeDeactivated, p.Count(Deactivated), fmt.Sprintf(
				"%d dari %d pegawai %s akan dinonaktifkan. Batasnya sepersepuluh.", gone[a.Name], a.Active, a.Name)}}
		}
	}
	return nil
}

// replaced counts addresses that take the place of another.
func (p *Plan) replaced(kind EffectKind) int {
	n := 0
	for _, c := range p.Changes {
		for _, f := range c.Fields {
			if c.Kind == kind && f.replaces {
				n++
			}
		}
	}
	return n
}

// accountsIn counts the activated accounts of some agencies, and the others.
func (b book) accountsIn(agencies []AgencyPlan) (activated, rest int) {
	in := map[string]bool{}
	for _, a := range agencies {
		in[a.Name] = true
	}
	for _, k := range b.people {
		switch {
		case !in[k.Agency]:
		case k.activated:
			activated++
		default:
			rest++
		}
	}
	return activated, rest
}

// held says which brake nobody released with the exact number.
func (p Plan) held(released map[BrakeName]int) error {
	for _, b := range p.Brakes {
		if released[b.Name] != b.Count {
			return fmt.Errorf("%w: %s", ErrBrake, b.Why)
		}
	}
	return nil
}
