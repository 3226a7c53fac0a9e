package audit

import (
	"fmt"
	"time"
)

// Period says how long the rows are kept, in Indonesian: "30 hari setelah
// permohonan berakhir".
func (r Rule) Period() string {
	switch {
	case r.Kept():
		return "disimpan"
	case r.Keep == 0:
		return "sampai " + r.Since
	case r.Keep < 24*time.Hour:
		return fmt.Sprintf("%d menit setelah %s", int(r.Keep.Minutes()), r.Since)
	}
	return fmt.Sprintf("%d hari setelah %s", int(r.Keep.Hours()/24), r.Since)
}
