package tickets

import (
	"time"

	"pulih/audit"
)

const day = 24 * time.Hour

// Rules says how long the rows of requests are kept. The requests themselves,
// what was said in them and what people thought of them are the agency's
// archive.
func Rules() []audit.Rule {
	return []audit.Rule{
		{Name: "evidence", Tables: []string{"attachment_contents"}, Keep: keptAfterEnd, Batch: filesBatch,
			What: "Berkas bukti", Since: "permohonan berakhir",
			Why: "Hanya untuk memeriksa identitas dan menjawab sanggahan (UU 27/2022 pasal 42–44).",
			Due: dueFiles(false), Purge: purgeFiles(false)},
		{Name: "junk", Tables: []string{"attachment_contents"}, Keep: keptJunk, Batch: filesBatch,
			What: "Berkas bukti permohonan yang ditolak atau kedaluwarsa", Since: "permohonan berakhir",
			Why: "Tidak pernah terbukti milik siapa.",
			Due: dueFiles(true), Purge: purgeFiles(true)},
		{Name: "draft-files", Tables: []string{"attachments", "attachment_contents"}, Keep: draftIdle, Batch: filesBatch, Minutely: true,
			What: "Berkas permohonan yang belum dikirim", Since: "tindakan terakhir",
			Why: "Orang lain mungkin duduk di komputer yang sama.",
			Due: audit.Counted(countLockedFiles), Purge: purgeLockedFiles},
		{Name: "drafts", Tables: []string{"drafts"}, Keep: DraftLife,
			What: "Permohonan yang belum dikirim", Since: "mulai diisi",
			Why: "Sehari cukup untuk melanjutkan.",
			Due: audit.Counted(countOldDrafts), Purge: audit.Deleted(purgeDrafts)},
		{Name: "email-codes", Tables: []string{"email_codes"}, Keep: day,
			What: "Kode untuk alamat email baru", Since: "kode kedaluwarsa",
			Why: "Kode sekali pakai, dan alamat tujuannya.",
			Due: audit.Counted(countOldEmailCodes), Purge: audit.Deleted(purgeEmailCodes)},
		{Name: "counts", Tables: []string{"ticket_counts"}, Keep: 30 * day,
			What: "Hitungan harian per petugas dan pegawai", Since: "harinya berakhir",
			Why: "Batas harian dan mingguan.",
			Due: dueCounts, Purge: purgeCounts},
		{Name: "presence", Tables: []string{"ticket_presence"}, Keep: presenceLife, Minutely: true, Silent: true, Nameless: true,
			What: "Siapa sedang membuka permohonan", Since: "terakhir terlihat",
			Why: "Hanya memberi tahu rekan.",
			Due: audit.Counted(countAway), Purge: audit.Deleted(purgeAway)},
		{Name: "requests", Tables: []string{"tickets", "ticket_events", "ticket_messages", "ticket_proofs", "ticket_facts", "ticket_ratings", "ticket_surveys", "measures", "measure_queue", "access_requests",
			"ticket_timers", "ticket_texts", "ticket_words", "attachments", "saved_replies", "settings", "staff_habits"},
			What: "Permohonan, percakapan, penilaian, dan pengaturan", Why: audit.KeptByAgency},
	}
}
