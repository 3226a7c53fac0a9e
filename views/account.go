package views

import "strconv"

// AccountPage is what an ASN sees of his own account. ByBackup says that he
// came in by a backup code; Did is what he has just done.
type AccountPage struct {
	Name      string
	NIP       string
	Unit      string
	Email     string // where notices go, masked
	Did       string
	ByBackup  bool
	Backup    int // codes that are left
	Devices   []AccountDevice
	Addresses []AccountAddress
	Sessions  []AccountSession
	History   []Moment
}

// AccountDevice is an authenticator. Used is "" before its first code.
type AccountDevice struct {
	ID          string
	Name, State string
	Tone        Tone
	Since, Used string
}

// AccountAddress is a further address for notices.
type AccountAddress struct{ ID, Email, Since string }

// AccountSession is a sign-in that holds.
type AccountSession struct {
	ID                   string
	Here                 bool
	Began, Seen, Network string
	Browser              string // "Chrome di Android"
}

// AccountPassword is the form for a new password. Weak says why the old one
// will not do; Phrase is a password that was made for the person.
type AccountPassword struct {
	NIP    string
	Weak   []string
	Phrase string
}

// AccountEmail is the form for a further address. Full says that there are
// as many as there may be.
type AccountEmail struct {
	Email string
	Full  bool
}

// AccountEmailCode waits for the code that was mailed to Email.
type AccountEmailCode struct {
	Email  string
	Until  string
	Closed bool
}

// AccountBackup is what is left of a person's backup codes.
type AccountBackup struct{ Left int }

// AccountCodes are new backup codes, shown once. The sheet has no number: who
// finds it must not learn whose sign-in it is half of.
type AccountCodes struct {
	Name, Agency string
	Made         string
	Codes        []string
}

func (s AccountSession) name() string {
	if s.Here {
		return s.Browser + " (sesi ini)"
	}
	return s.Browser
}

func (s AccountSession) times() string {
	return "Sejak " + s.Began + ", terakhir " + s.Seen + ". Alamat jaringan " + s.Network + "."
}

func (d AccountDevice) times() string {
	if d.Used == "" {
		return "Terdaftar " + d.Since + ". Belum pernah dipakai."
	}
	return "Terdaftar " + d.Since + ". Terakhir dipakai " + d.Used + "."
}

func (f AccountPage) backupLeft() string { return backupLeft(f.Backup) }

func backupLeft(n int) string {
	if n == 0 {
		return "Tidak ada kode cadangan yang bisa dipakai."
	}
	return "Sisa " + strconv.Itoa(n) + " kode cadangan."
}

// backupLow is when the page asks for a new sheet.
func backupLow(n int) bool { return n > 0 && n <= 3 }

func accountNewPassword() Field { return NewPasswordField("sandi-baru") }

func accountOldPassword() Field {
	f := CurrentPasswordField("sandi")
	f.Label = "Kata sandi (password) saat ini"
	return f
}

func accountEmail(typed string) Field {
	f := EmailField("email", "Email tambahan", typed)
	f.Hint = "Misalnya email pribadi Anda. Contoh: nama@example.go.id."
	return f
}

// DeviceAddress is where an authenticator is removed.
func DeviceAddress(id string) string { return "/akun/autentikator/" + id }

// EmailAddress is where a further address is removed.
func EmailAddress(id string) string { return "/akun/email/" + id }

func sessionAddress(id string) string { return "/akun/sesi/" + id }
