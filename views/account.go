package views

// AccountPage is what an ASN sees of his own account.
type AccountPage struct {
	Name     string
	NIP      string
	Unit     string
	Devices  []AccountDevice
	Sessions []AccountSession
	History  []Moment
}

// AccountDevice is an authenticator. Used is "" before its first code.
type AccountDevice struct {
	Name, State string
	Tone        Tone
	Since, Used string
}

// AccountSession is a sign-in that holds.
type AccountSession struct {
	Here                 bool
	Began, Seen, Network string
	Browser              string // "Chrome di Android"
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
