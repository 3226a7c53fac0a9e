package otp

import (
	"fmt"
	"os/exec"
	"strings"
	"testing"
	"time"

	"pulih/db/dbtest"
)

// oathtool is an authenticator that shares no line with us.
func TestCodeAgreesWithOathtool(t *testing.T) {
	oathtool := dbtest.Require(t, "oathtool", "PULIH_TEST_OATHTOOL")
	for _, at := range []int64{59, 1_111_111_109, 1_800_000_000, 20_000_000_000} {
		s := NewSecret()
		out, err := exec.Command(oathtool, "--totp", "--base32", "--now", fmt.Sprint("@", at), s.Base32()).Output()
		if err != nil {
			t.Fatal(err)
		}
		code := strings.TrimSpace(string(out))
		if step, ok := Verify(s, code, time.Unix(at, 0)); !ok || step != at/30 {
			t.Errorf("at %d: oathtool says %s, we say %s", at, code, Code(s, at/30))
		}
	}
}
