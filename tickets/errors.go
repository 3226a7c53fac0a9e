package tickets

import "errors"

// Refusal is why something cannot be done to a ticket, with the sentence
// that people read. The variables below are its only values.
type Refusal struct{ name, Text string }

// Error names it for the log.
func (r *Refusal) Error() string { return "tickets: " + r.name }

// Why names the refusal in err, or nothing where err is none.
func Why(err error) string {
	var r *Refusal
	if errors.As(err, &r) {
		return r.Text
	}
	return ""
}

// What is refused, and why.
var (
	ErrNoTicket   = &Refusal{"no such ticket", "Nomor permohonan atau kunci status tidak cocok."}
	ErrChanged    = &Refusal{"changed meanwhile", "Permohonan ini baru saja berubah. Muat ulang halaman."}
	ErrState      = &Refusal{"not in this state", "Langkah ini tidak berlaku untuk status permohonan sekarang."}
	ErrKind       = &Refusal{"not for this kind", "Langkah ini tidak berlaku untuk jenis permohonan ini."}
	ErrRole       = &Refusal{"role", "Peran Anda tidak mencakup langkah ini."}
	ErrOneself    = &Refusal{"about oneself", "Permohonan ini tentang Anda sendiri. Mintalah rekan lain menanganinya."}
	ErrTaken      = &Refusal{"claimed by somebody else", "Permohonan ini sedang ditangani rekan lain."}
	ErrNotOwner   = &Refusal{"not the owner", "Permohonan ini tidak sedang Anda tangani."}
	ErrNotOwned   = &Refusal{"nobody else holds it", "Permohonan ini tidak dipegang rekan lain."}
	ErrKeyless    = &Refusal{"nobody holds a receipt", "Pemohon ini tidak memegang tanda terima, jadi tidak bisa membalas. Telepon, atau temui di loket."}
	ErrQueueDry   = &Refusal{"nothing to claim", "Tidak ada permohonan yang menunggu di daftar ini."}
	ErrDesk       = &Refusal{"not at the counter", "Langkah loket hanya dari jaringan loket pada jam kerja."}
	ErrChannel    = &Refusal{"channel", "Langkah ini tidak berlaku untuk jalur permohonan ini."}
	ErrBrowser    = &Refusal{"browser checked lately", "Peramban ini dipakai memeriksa dalam 12 jam terakhir, atau belum kami kenal. Pakai perangkat lain."}
	ErrAsker      = &Refusal{"asked himself", "Anda yang mencatat permintaan ini. Penyelia lain yang menyerahkannya."}
	ErrOriginal   = &Refusal{"another original", "Nomor ini tidak sama dengan nomor dokumen yang dicatat bersama permintaannya."}
	ErrAccessOpen = &Refusal{"asked already", "Permintaan untuk orang ini sudah dicatat dan belum diserahkan."}
	ErrAccessOver = &Refusal{"the access request is over", "Permintaan ini sudah berakhir. Catat permintaan baru bila orangnya meminta lagi."}
	ErrOneBrowser = &Refusal{"proposed at this browser", "Usulan ini dibuat di peramban ini, atau peramban ini belum kami kenal. Pakai perangkat lain."}
	ErrTwoPeople  = &Refusal{"contributed already", "Anda sudah ikut menangani permohonan ini. Verifikator harus orang lain."}
	ErrTooNew     = &Refusal{"approver too new", "Anda belum boleh menyetujui. Hak menyetujui mulai setelah 72 jam."}
	ErrEvidence   = &Refusal{"evidence is not complete", "Bukti belum lengkap."}
	ErrSubject    = &Refusal{"subject unknown", "NIP ini tidak ada di daftar pegawai aktif."}
	ErrSlot       = &Refusal{"another ticket holds the slot", "Permohonan lain untuk orang ini sudah lolos pemeriksaan."}
	ErrDisabled   = &Refusal{"account disabled", "Akun ini dinonaktifkan administrator. Hubungi administrator lebih dulu."}
	ErrDocument   = &Refusal{"the numbers do not agree", "Nomor dokumen tidak sama dengan yang dicatat pemeriksa."}
	ErrSpent      = &Refusal{"too many wrong comparisons", "Batas percobaan habis. Lanjutkan di loket dengan dokumen asli."}
	ErrProof      = &Refusal{"no such proof", "Isian bukti ini tidak berlaku di sini."}
	ErrMissing    = &Refusal{"something is missing", "Ada isian yang kosong atau terlalu panjang."}
	ErrUnreadable = &Refusal{"a field cannot be read", "Ada isian yang tidak terbaca. Periksa tanggal lahir dan NIP."}
	ErrShown      = &Refusal{"the slip was shown already", "Kartu sudah pernah tampil. Cabut kode untuk membuat yang baru."}
	ErrPasses     = &Refusal{"three passes issued", "Tiga kode sudah diterbitkan. Periksa ulang identitas dari awal."}
	ErrAgentStop  = &Refusal{"forty passes today", "Batas 40 penerbitan per hari tercapai. Lanjutkan besok."}
	ErrVoided     = &Refusal{"approval is void", "Data akun atau bukti berubah. Persetujuan batal dan pemeriksaan diulang."}
	ErrFiles      = &Refusal{"too many files", "Permohonan ini sudah memuat 12 berkas. Tarik satu dahulu."}
	ErrNoDraft    = &Refusal{"no such draft", "Isian ini sudah dikirim atau sudah dihapus. Mulai dari awal."}
	ErrRated      = &Refusal{"rated already", "Penilaian Anda sudah kami terima. Terima kasih."}
	ErrSurveyed   = &Refusal{"surveyed already", "Survei Anda sudah kami terima. Terima kasih."}
	ErrMatched    = &Refusal{"matched already", "Bukti ini sudah cocok. Tarik dulu bila keliru."}
	ErrNoFile     = &Refusal{"no such file", "Berkas ini tidak ada atau sudah dihapus."}
	ErrSame       = &Refusal{"nothing would change", "Tidak ada yang berubah: isian sama dengan yang tercatat."}
	ErrMerge      = &Refusal{"cannot be merged", "Gabungkan hanya permohonan terbuka dari orang dan jenis yang sama."}
	ErrReopened   = &Refusal{"not reopened", "Permohonan ini tidak dapat dibuka kembali. Ajukan permohonan baru."}
	ErrRemind     = &Refusal{"reminder", "Tanggal pengingat harus setelah hari ini, paling lama 90 hari."}
	ErrNoLift     = &Refusal{"no lift proposed", "Belum ada usulan membuka penahanan yang masih berlaku."}
	ErrActive     = &Refusal{"activated already", "Akun ini sudah pernah aktif. Ubah jenis permohonan menjadi Autentikator."}
	ErrPeriod     = &Refusal{"period", "Periode laporan tidak berlaku."}
	ErrUnmeasured = &Refusal{"unmeasured", "Angka masih dihitung. Coba beberapa menit lagi."}
)
