package tickets_test

import (
	"testing"

	"pulih/tickets"
)

func TestWhatLooksLikeASecret(t *testing.T) {
	for _, text := range []string{
		"123456", "ini kodenya\n123 456\nterima kasih", " 123456 ", "otp 123456", "OTP: 123456", "kode OTP saya 123 456", "kodenya 123456.",
		"kode verifikasi adalah 123456", "password: rahasia", "Password = Kapal", "pasword: kapallaut", "kata sandi saya Kapal123", "sandi saya Kapal123!",
		"katasandi saya adalah kapallaut", "passwordnya Kapal_Laut", "pw: Kapal123", "sandi saya 12345678", "NIP 198609262015051001, sandi: Kapal123",
		"password lama saya yaitu kapallaut", "7K3M-9QXD-2PRT-A8ZC", "Kata sandi:\tKapal 123", "password dan otp 123456", "sandi password: kapallaut",
	} {
		if !tickets.LooksSecret(text) {
			t.Errorf("%q passes", text)
		}
	}
}

func TestWhatDoesNotLookLikeASecret(t *testing.T) {
	for _, text := range []string{
		"", "Halo", "198609262015051001", "19860926 201505 1 001", "NIP saya 198609262015051001", "081234567890", "0812 3456 7890", "HP +62 812-3456-7890",
		"PUL-7K3M-9QXD", "Nomor permohonan PUL-7K3M-9QXD", "lupa kata sandi, NIP 198609262015051001", "Lupa sandi 0812-3456-7890", "password 198609262015051001",
		"sandi saya 19860926 201505 1 001", "Kata sandi saya lupa", "password: lupa", "sandi saya ditolak terus", "Kode OTP ditolak 3 kali sejak 22-11-2026",
		"Kata sandi diganti 20/11/2026", "password 12-karakter tidak diterima", "kode OTP 6 angka tidak keluar", "Kode pos 93111", "password siti@example.go.id",
		"Saya baru dari toko 2024", "Kode invalid authenticator code", "pukul 10.30 kode OTP salah", "Berkas sudah saya kirim", "email siti123@example.go.id",
		"password dan OTP ditolak", "SK nomor 800/123456/2020", "kode di HP saya: tidak cocok", "sandiwara2024 di aula",
	} {
		if tickets.LooksSecret(text) {
			t.Errorf("%q is held back", text)
		}
	}
}
