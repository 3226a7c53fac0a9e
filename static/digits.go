package static

import (
	"embed"
	"encoding/binary"
	"fmt"
)

// The ten digits in Indonesian, spoken by scripts/digits.
//
//go:embed digits/*.wav
var spoken embed.FS

// wavHeader is what sox writes before the samples; its last four bytes are
// how many there are.
const wavHeader = 44

// Digit is a digit from 0 to 9, spoken: 8,000 samples a second, each a byte
// around 128. It is nil for anything else.
func (a *Assets) Digit(n byte) []byte {
	if int(n) >= len(a.digits) {
		return nil
	}
	return a.digits[n]
}

func (a *Assets) loadDigits() error {
	for n := range a.digits {
		name := fmt.Sprintf("digits/%d.wav", n)
		wav, err := spoken.ReadFile(name)
		if err != nil {
			return fmt.Errorf("static: reading %s: %w", name, err)
		}
		a.digits[n] = wav[wavHeader:][:binary.LittleEndian.Uint32(wav[wavHeader-4:])]
	}
	return nil
}
