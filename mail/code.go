package mail

import (
	"pulih/db"
	"pulih/secret"
)

// ResetCodeMail carries a code. For says what was asked for with it. Link
// holds a token of its own and no code (impostor 9); Disown, where there is
// one, is the "Bukan saya" link of this attempt.
type ResetCodeMail struct {
	To     secret.Email
	Person string
	For    What
	Code   secret.Code
	Link   string
	Disown string
	Until  db.Time
}

// codeFor is what a code does: in the subject, so that two mails are told
// apart, and at the end of a sentence.
var codeFor = map[What]struct{ subject, does string }{
	ResetAsked:      {"Kode untuk kata sandi baru", "mengganti kata sandi"},
	ActivationAsked: {"Kode untuk aktivasi akun", "mengaktifkan"},
	MFAAsked:        {"Kode untuk ganti autentikator", "mengganti autentikator"},
	UnlockAsked:     {"Kode untuk buka kunci", "membuka kunci"},
}

// AddressCode writes the mail that proves a further address for notices. Who
// gets it by mistake is told nothing of whose account it is.
func AddressCode(s Site, to secret.Email, person string, code secret.Code, until db.Time) Message {
	l := letter{
		Site:    s,
		Subject: "Kode untuk email tambahan",
		Code:    code.Grouped(),
		Lines: []string{
			"Berlaku sampai pukul " + until.Hour(s.Zone) + ", " + until.Date(s.Zone) + ".",
			"Seseorang ingin menerima pemberitahuan akunnya di alamat ini.",
			"Jika itu Anda, ketik kode ini di halaman akun Anda.",
			"Bukan Anda? Abaikan email ini.",
		},
	}
	return l.message(Message{Kind: "address.code", Person: person, To: to, Expires: until})
}

// NewEmailCode writes the mail that proves the address that is to be on file.
// Who gets it by mistake is told nothing of whose account it is.
func NewEmailCode(s Site, to secret.Email, person string, code secret.Code, until db.Time) Message {
	l := letter{
		Site:    s,
		Subject: "Kode untuk email baru",
		Code:    code.Grouped(),
		Lines: []string{
			"Berlaku sampai pukul " + until.Hour(s.Zone) + ", " + until.Date(s.Zone) + ".",
			"Seseorang ingin memakai alamat ini untuk akunnya di " + s.ShortAgency + ".",
			"Jika itu Anda, pakai kode ini di halaman status atau di loket.",
			"Bukan Anda? Abaikan email ini.",
		},
	}
	return l.message(Message{Kind: "email.code", Person: person, To: to, Expires: until})
}

// ResetCode writes the mail with a reset code. It expires with the code.
func ResetCode(s Site, m ResetCodeMail) Message {
	l := letter{
		Site:    s,
		Subject: codeFor[m.For].subject,
		Code:    m.Code.Grouped(),
		Lines: []string{
			"Berlaku sampai pukul " + m.Until.Hour(s.Zone) + ", " + m.Until.Date(s.Zone) + ".",
			"Ketik kode ini di halaman kami untuk " + codeFor[m.For].does + " akun Anda di " + s.ShortAgency + ".",
			"Jangan berikan kode ini kepada siapa pun.",
		},
		Button: button{"Atau lanjutkan tanpa mengetik kode.", "Lanjutkan", m.Link,
			"Tautan membuka halaman dengan tombol Lanjutkan."},
		Disown: button{"Bukan Anda yang meminta? " + nothingYet, "Bukan saya", m.Disown,
			"Tautan membuka halaman dengan satu tombol."},
	}
	return l.message(Message{Kind: codeKind, Person: m.Person, To: m.To, Expires: m.Until})
}
