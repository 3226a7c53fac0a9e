package mail

import (
	"time"

	"pulih/audit"
)

// Rules says how long the rows of mails are kept. What a mail said is wiped
// when the relay has answered.
func Rules() []audit.Rule {
	return []audit.Rule{
		{Name: "mails", Tables: []string{"outbox"}, Keep: 180 * 24 * time.Hour,
			What: "Catatan email terkirim (isinya dihapus begitu terkirim)", Since: "pengiriman berakhir",
			Why: "Untuk menelusuri keluhan \"email tidak sampai\".",
			Due: audit.Counted(countOldMails), Purge: audit.Deleted(purgeMails)},
		{Name: "mail-days", Tables: []string{"mail_days"}, Nameless: true,
			What: "Hitungan harian lama pengiriman kode", Why: audit.KeptAsCounts},
	}
}
