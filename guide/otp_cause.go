package guide

// OTPCause is why a code was refused or missing, as far as a walk tells.
type OTPCause string

// The causes of helpdesk.md §6.3, as the counts hold them.
const (
	NotOTP       OTPCause = "" // the walk was about something else
	ClockOff     OTPCause = "jam"
	DeviceLost   OTPCause = "hilang"
	WrongEntry   OTPCause = "entri"
	LockedOut    OTPCause = "terkunci"
	OtherwiseOTP OTPCause = "lain"
)

// OTPCauses lists them, the ones that decide first: what was measured says
// more than what somebody chose from a list.
var OTPCauses = []OTPCause{ClockOff, DeviceLost, WrongEntry, LockedOut, OtherwiseOTP}

// symptomCause says which symptoms are about codes (domain.md §1.6). One that
// an operator's own catalogue adds is not counted.
var symptomCause = map[string]OTPCause{
	"otp-tidak-valid": OtherwiseOTP, "terkunci-sementara": LockedOut, "salah-entri": WrongEntry,
	"kode-aktivasi-ditolak": OtherwiseOTP, "kode-terlambat": OtherwiseOTP, "aplikasi-bermasalah": OtherwiseOTP,
	"otp-tidak-muncul": OtherwiseOTP, "otp-kosong": OtherwiseOTP, "autentikator-hilang": DeviceLost,
	"ganti-nomor": OtherwiseOTP, "perangkat-tidak-terdaftar": OtherwiseOTP, "hapus-daftar-ulang": OtherwiseOTP,
	"akun-nonaktif": LockedOut,
}

// otpCause is the first of OTPCauses that a walk has.
func otpCause(symptoms []string, clockOff bool) OTPCause {
	has := map[OTPCause]bool{ClockOff: clockOff}
	for _, s := range symptoms {
		has[symptomCause[s]] = true
	}
	for _, c := range OTPCauses {
		if has[c] {
			return c
		}
	}
	return NotOTP
}
