package mail

// What people are told of what they do alone, without staff.

const notYouSecure = "Bukan Anda? Tekan “Bukan saya” sekarang juga."

// ownWording words the attempts that a person makes alone; changes follow.
func (w What) ownWording(s Site, account string) wording {
	switch w {
	case ActivationAsked:
		return wording{"Permintaan aktivasi akun", []string{
			"Ada permintaan kode untuk mengaktifkan " + account + ".", nothingYet,
			"Jika ini Anda, abaikan email ini."}, button{}, notYouStop}
	case MFAAsked:
		return wording{"Permintaan ganti autentikator", []string{
			"Ada permintaan kode untuk mengganti autentikator " + account + ".", nothingYet,
			"Jika ini Anda, abaikan email ini."}, button{}, notYouStop}
	case MFAWaiting:
		return wording{"Penggantian autentikator dimulai", []string{
			"Seseorang dengan kata sandi dan kode email Anda ingin mengganti autentikator Anda.",
			"Demi keamanan ada masa tunggu. Sampai selesai, Anda bisa menghentikannya.", nothingYet}, button{}, notYouStop}
	case MFAReady:
		return wording{"Autentikator baru bisa didaftarkan", []string{
			"Masa tunggu sudah selesai.",
			"Sekarang Anda bisa mendaftarkan autentikator baru untuk " + account + "."}, button{}, notYouStop}
	case UnlockAsked:
		return wording{"Permintaan buka kunci", []string{
			"Ada permintaan kode untuk membuka kunci " + account + ".", nothingYet,
			"Jika ini Anda, abaikan email ini."}, button{}, notYouStop}
	case NotActivated:
		return wording{"Akun Anda belum diaktifkan", []string{
			"Seseorang meminta kode pemulihan untuk " + account + ".",
			"Akun ini belum pernah diaktifkan, jadi belum ada yang perlu dipulihkan."},
			button{"Jika ini Anda, aktifkan akun dulu.", "Aktifkan akun", s.Link("/aktivasi"), ""}, notYouTell}
	case AlreadyActive:
		return wording{"Akun Anda sudah aktif", []string{
			"Seseorang meminta kode aktivasi untuk " + account + ".",
			"Akun ini sudah pernah diaktifkan dan tidak bisa diaktifkan lagi."},
			button{"Lupa kata sandi? Buat yang baru.", "Buat kata sandi baru", s.Link("/pulihkan"), ""}, notYouTell}
	}
	return w.dataWording(s, account)
}

// dataWording tells of what staff do with a person's data at the counter. No
// button leads on: he is there, or somebody else is.
func (w What) dataWording(s Site, account string) wording {
	switch w {
	case DataAsked:
		return wording{"Permintaan data pribadi dicatat", []string{
			"Petugas mencatat permintaan atas data pribadi untuk " + account + ".",
			"Data hanya diserahkan kepada Anda, di loket, dengan dokumen asli.", nothingYet}, button{}, notYouStop}
	case DataGiven:
		return wording{"Data pribadi diserahkan", []string{
			"Data pribadi untuk " + account + " baru saja diserahkan di loket.",
			"Petugas melihat dokumen asli sebelum menyerahkannya."}, button{}, notYouTell}
	}
	return w.ownChange(s, account)
}

func (w What) ownChange(s Site, account string) wording {
	page := button{"Semua perangkat dan kode ada di halaman akun.", "Buka halaman akun", s.Link("/akun"), ""}
	switch w {
	case AccountActivated:
		return wording{"Akun Anda baru diaktifkan", []string{
			"Kata sandi dan autentikator pertama untuk " + account + " sudah terdaftar."}, page, notYouLock}
	case DeviceSecond:
		return wording{"Autentikator kedua terdaftar", []string{
			"Satu autentikator lagi telah terdaftar untuk " + account + ".",
			"Autentikator yang lama tetap berlaku."}, page, notYouLock}
	case DeviceRemoved:
		return wording{"Autentikator dihapus", []string{
			"Satu autentikator telah dihapus dari " + account + "."}, page, notYouSecure}
	case BackupMade:
		return wording{"Kode cadangan baru dibuat", []string{
			"Kode cadangan baru telah dibuat untuk " + account + ".",
			"Kode cadangan yang lama tidak berlaku lagi."}, page, notYouLock}
	case BackupUsed:
		return wording{"Kode cadangan dipakai", []string{
			"Satu kode cadangan baru saja dipakai untuk " + account + ".",
			"Kode itu tidak bisa dipakai lagi."}, page, notYouSecure}
	case AddressAdded:
		return wording{"Email tambahan terdaftar", []string{
			"Satu alamat email lagi menerima pemberitahuan tentang " + account + ".",
			"Alamat itu tidak bisa dipakai untuk mengganti kata sandi."}, page, notYouLock}
	case AddressRemoved:
		return wording{"Email tambahan dihapus", []string{
			"Satu alamat email tambahan dihapus dari " + account + ".",
			"Alamat itu masih kami beri tahu selama 30 hari."}, page, notYouSecure}
	case EmailChanged:
		return wording{"Email akun telah diganti", []string{
			"Alamat email untuk " + account + " telah diganti.",
			"Alamat yang lama masih kami beri tahu selama 30 hari."}, page, notYouLock}
	case BlockLifted:
		return wording{"Permohonan jarak jauh dibuka lagi", []string{
			"Dua petugas membuka lagi permohonan jarak jauh untuk " + account + ".",
			"Sebelumnya kami menahannya karena ada laporan “Bukan saya”."}, button{}, notYouLock}
	case SignInTold:
		return wording{"Ada yang masuk ke akun Anda", []string{
			"Seseorang baru saja masuk ke " + account + ".",
			"Akun ini baru dipulihkan atau diaktifkan, atau kodenya sempat beberapa kali salah."}, page, notYouSecure}
	}
	return wording{"Kabar tentang akun Anda", []string{"Ada perubahan pada " + account + "."}, button{}, notYouTell}
}
