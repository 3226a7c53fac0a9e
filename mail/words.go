package mail

// wording is what a notice says besides when and about which request.
type wording struct {
	subject string
	lines   []string
	button  button
	disown  string // the sentence before "Bukan saya"
}

const (
	notYouStop = "Bukan Anda? Tekan “Bukan saya” untuk menghentikannya."
	notYouTell = "Bukan Anda? Tekan “Bukan saya” agar kami tahu."
	notYouLock = "Bukan Anda? Tekan “Bukan saya” untuk mengamankan akun Anda."
	atDesk     = "Kelanjutannya bersama petugas, di loket atau lewat telepon."
	nothingYet = "Akun Anda belum berubah."
)

func (w What) wording(s Site) wording {
	status := button{"Keterangan lengkap ada di halaman status.", "Cek status permohonan", s.Link("/tiket"),
		"Siapkan nomor dan kunci status dari tanda terima."}
	account := "akun Anda di " + s.ShortAgency
	switch w {
	case ResetAsked:
		return wording{"Permintaan ganti kata sandi", []string{
			"Ada permintaan kode untuk mengganti kata sandi " + account + ".", nothingYet,
			"Jika ini Anda, abaikan email ini."}, button{}, notYouStop}
	case PasswordChanged:
		return wording{"Kata sandi akun telah diganti", []string{
			"Kata sandi " + account + " telah diganti.", "Semua sesi lama sudah diakhiri."}, button{}, notYouLock}
	case RequestFiled:
		return wording{"Permohonan pemulihan akun diterima", []string{
			"Ada permohonan pemulihan untuk " + account + ".", nothingYet,
			"Jika ini Anda, abaikan email ini."}, status, notYouStop}
	case RequestApproved:
		return wording{"Permohonan pemulihan akun disetujui", []string{
			"Permohonan pemulihan " + account + " telah disetujui.", nothingYet}, status, notYouStop}
	case PassIssued:
		return wording{"Kode pendaftaran autentikator diterbitkan", []string{
			"Kode untuk mendaftarkan autentikator baru telah diterbitkan.",
			"Kode itu tidak pernah dikirim lewat email.", nothingYet}, button{}, notYouStop}
	}
	return w.otherWording(s, account, status)
}

func (w What) otherWording(s Site, account string, status button) wording {
	switch w {
	case DeviceAdded:
		return wording{"Autentikator baru terdaftar", []string{
			"Autentikator baru telah terdaftar untuk " + account + ".",
			"Autentikator lama tidak berlaku lagi.", "Semua sesi lama sudah diakhiri."}, button{}, notYouLock}
	case RequestRefused:
		return wording{"Permohonan pemulihan akun ditolak", []string{
			"Permohonan pemulihan " + account + " tidak dapat kami setujui.", nothingYet}, status, notYouTell}
	case RequestCancelled:
		return wording{"Permohonan pemulihan akun dibatalkan", []string{
			"Permohonan pemulihan " + account + " telah dibatalkan.", nothingYet}, button{}, notYouTell}
	case ReplyArrived:
		return wording{"Ada balasan untuk permohonan Anda", []string{
			"Petugas membalas permohonan Anda."}, status, ""}
	case AccountFrozen:
		return wording{"Akun dibekukan sementara", []string{
			"Kami membekukan " + account + " untuk sementara.",
			"Sebabnya: ada laporan bahwa akun ini dipakai orang lain.",
			"Halaman masuk kami menunjukkan cara membukanya.",
			"Selalu bisa juga di kantor kami, dengan dokumen asli."}, button{}, notYouTell}
	case OTPStopped:
		return wording{"Autentikator dihentikan", []string{
			"Kode OTP untuk " + account + " salah seratus kali berturut-turut.",
			"Autentikator Anda kami hentikan agar akun tetap aman.",
			"Daftarkan autentikator baru di halaman kami."},
			button{"", "Ganti autentikator", s.Link("/pulihkan-mfa"), ""}, notYouTell}
	case OTPFailed3:
		return wording{"Kode salah tiga kali", []string{
			"Seseorang mengetik kata sandi yang benar untuk " + account + ".",
			"Setelah itu kode OTP atau kode cadangan salah tiga kali."},
			button{"Jika ini Anda, periksa jam HP Anda.", "Periksa jam HP", s.Link("/cek-jam"), ""},
			"Bukan Anda? Segera ganti kata sandi, lalu tekan “Bukan saya”."}
	}
	return w.ownWording(s, account)
}
