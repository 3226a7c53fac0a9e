package tickets

import "testing"

// Staff ask for no secret, by themselves or in a text that they keep.
func TestATextAsksForNoSecret_i22(t *testing.T) {
	for _, text := range []string{
		"Tolong kirim password dan kode OTP Anda",
		"Kirimkan kata sandi Anda.",
		"Mohon tulis kata sandi di sini.",
		"Apa kata sandi Anda?",
		"OTP-nya berapa?",
		"Berapa kode OTP Anda?",
		"Sebutkan 0TP yang tampil.",
		"Balas dengan P A S S W O R D Anda",
		"Kirim O.T.P Anda ya",
		"Kirim pa55word-nya",
		"Jangan khawatir, kirim kata sandi Anda.",
		"Jangan kirim KTP, kirim kata sandi saja.",
		"Kirim NIP, tanggal lahir, dan kata sandi Anda.",
		"Kami perlu kata sandi Anda.",
		"Petugas meminta kode cadangan Anda.",
		"Kata sandi mohon dikirim ke kami.",
		"Ketik OTP Anda di pesan balasan halaman ini.",
		"Beri tahu kunci status Anda.\nTerima kasih.",
		"Kirim kata\u200b sandi Anda",
		"Bacakan kode autentikator di telepon.",
	} {
		if !asksSecret(text) {
			t.Errorf("passes: %q", text)
		}
	}
}

func TestHonestTextsAboutSecretsPass(t *testing.T) {
	for _, text := range []string{
		"Petugas tidak pernah meminta kata sandi.",
		"Petugas kami tidak pernah meminta kata sandi atau kode OTP Anda.",
		"Jangan kirim kata sandi atau OTP kepada siapa pun.",
		"Jangan beri tahu siapa pun kata sandi Anda.",
		"Kirim foto KTP, tetapi jangan kata sandi atau OTP.",
		"Kirim foto KTP. Kami tidak meminta kata sandi.",
		"Silakan ganti kata sandi di halaman pemulihan.",
		"Kirim foto KTP, lalu ganti kata sandi Anda.",
		"Ketik kode OTP di halaman masuk portal.",
		"Masukkan NIP, kata sandi, dan OTP saat masuk.",
		"Kami sudah kirim kode OTP ke email Anda.",
		"Kode OTP dikirim ke email Anda.",
		"Apakah kata sandi Anda sudah diganti?",
		"Sudah berapa kali kode OTP ditolak?",
		"Kata sandi apa yang ditolak, lama atau baru?",
		"Kirim tangkapan layar pesan yang muncul setelah mengetik kata sandi.",
		"Tekan Kirim ulang kode OTP.",
		"Situs palsu sering meminta kata sandi. Abaikan.",
		"Anda perlu kata sandi baru.",
		"Ketik kode dari telepon di halaman status ini.",
		"Tolong kirim foto SK sebelum Jumat.",
		"Kode pendaftaran Anda sudah siap di halaman status.",
		"Bila lupa kata sandi, buka halaman pemulihan.",
		"Mohon datang ke loket dengan KTP asli.",
	} {
		if asksSecret(text) {
			t.Errorf("refused: %q", text)
		}
	}
}
