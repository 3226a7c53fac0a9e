package app

import (
	"encoding/binary"
	"math/rand/v2"
)

// A captcha is heard as digits with pauses between them, each a little faster
// or slower and louder or softer, over the murmur of reversed pieces of the
// same voice. It is a courtesy to people, as the picture is: a program reads
// both (CA-04).
const (
	voiceRate = 8000 // samples a second
	// How many digits murmur at once, and how loud against the spoken ones.
	murmurs      = 3
	murmurVolume = 0.08
)

// voice is sound under way, around 0.
type voice []float64

// speak mixes the sound of a captcha. It is a function of its arguments alone.
func speak(number []byte, digit func(byte) []byte, chance *rand.Rand) []byte {
	v := pause(chance, 0.4, 0.7)
	for _, n := range number {
		spoken := stretch(digit(n), between(chance, 0.93, 1.09))
		v = append(v, spoken.loud(between(chance, 0.75, 1))...)
		v = append(v, pause(chance, 0.35, 0.55)...)
	}
	for range murmurs {
		v.murmur(digit, chance)
	}
	return v.wav()
}

func between(chance *rand.Rand, least, most float64) float64 {
	return least + chance.Float64()*(most-least)
}

// pause is silence of so many seconds.
func pause(chance *rand.Rand, least, most float64) voice {
	return make(voice, int(between(chance, least, most)*voiceRate))
}

// stretch plays samples at another speed; 1 keeps theirs.
func stretch(samples []byte, speed float64) voice {
	v := make(voice, int(float64(len(samples)-1)/speed))
	for i := range v {
		at := float64(i) * speed
		left, part := int(at), at-float64(int(at))
		v[i] = float64(samples[left])*(1-part) + float64(samples[left+1])*part - 128
	}
	return v
}

func (v voice) loud(volume float64) voice {
	for i := range v {
		v[i] *= volume
	}
	return v
}

// murmur lays reversed pieces of digits under the whole, one after another.
func (v voice) murmur(digit func(byte) []byte, chance *rand.Rand) {
	for at := 0; at < len(v); {
		piece := stretch(digit(byte(chance.IntN(10))), between(chance, 0.8, 1.2)).loud(murmurVolume)
		from := chance.IntN(len(piece) / 2)
		for i := len(piece) - 1; i >= from && at < len(v); i-- {
			v[at] += piece[i]
			at++
		}
	}
}

// wav is the sound as a file: one channel, 8 bit, an even number of samples.
func (v voice) wav() []byte {
	v = v[:len(v)&^1]
	file := append([]byte("RIFF\x00\x00\x00\x00WAVEfmt "), make([]byte, 20, 28+len(v))...)
	for at, n := range map[int]uint32{4: uint32(36 + len(v)), 16: 16, 24: voiceRate, 28: voiceRate} {
		binary.LittleEndian.PutUint32(file[at:], n)
	}
	for at, n := range map[int]uint16{20: 1, 22: 1, 32: 1, 34: 8} { // PCM, one channel, one byte, 8 bit
		binary.LittleEndian.PutUint16(file[at:], n)
	}
	file = binary.LittleEndian.AppendUint32(append(file, "data"...), uint32(len(v)))
	for _, sample := range v {
		file = append(file, byte(128+max(-127, min(127, sample))))
	}
	return file
}
