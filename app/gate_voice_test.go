package app

import (
	"bytes"
	"encoding/binary"
	"math"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"

	"pulih/static"
)

func chance(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 7)) }

// heard reads a file as a player does: samples around 0.
func heard(t *testing.T, file []byte) []float64 {
	t.Helper()
	le := binary.LittleEndian
	ok := len(file) > 44 && string(file[:4]) == "RIFF" && string(file[8:16]) == "WAVEfmt " && string(file[36:40]) == "data" &&
		int(le.Uint32(file[4:])) == len(file)-8 && int(le.Uint32(file[40:])) == len(file)-44 && le.Uint32(file[16:]) == 16
	if !ok || len(file)%2 != 0 {
		t.Fatalf("no sound file: %q, %d bytes", file[:44], len(file))
	}
	if le.Uint16(file[20:]) != 1 || le.Uint16(file[22:]) != 1 || le.Uint32(file[24:]) != 8000 || le.Uint32(file[28:]) != 8000 ||
		le.Uint16(file[32:]) != 1 || le.Uint16(file[34:]) != 8 {
		t.Fatalf("not 8 kHz, 8 bit, mono PCM: %x", file[20:36])
	}
	out := make([]float64, len(file)-44)
	for i, b := range file[44:] {
		out[i] = float64(b) - 128
	}
	return out
}

func loudness(samples []float64) float64 {
	sum := 0.0
	for _, s := range samples {
		sum += s * s
	}
	return math.Sqrt(sum / float64(max(1, len(samples))))
}

// words finds what stands out of the murmur: runs of windows of 20 ms that are
// a fifth as loud as the loudest, less than 200 ms apart.
func words(samples []float64) (found [][2]int) {
	const window, apart = 160, 1600
	loud := 0.0
	for at := 0; at+window <= len(samples); at += window {
		loud = max(loud, loudness(samples[at:at+window])/5)
	}
	for at := 0; at+window <= len(samples); at += window {
		if loudness(samples[at:at+window]) < loud {
			continue
		}
		if n := len(found); n > 0 && at-found[n-1][1] < apart {
			found[n-1][1] = at + window
		} else {
			found = append(found, [2]int{at, at + window})
		}
	}
	return found
}

// Six words with pauses, at least 11 dB above what lies beneath, in
// 30 to 66 KB: to be understood on a phone, and to arrive on 2G.
func TestADigitStandsOutOfTheMurmur_CA05(t *testing.T) {
	assets := must(static.Load())(t)
	sum := 0
	for seed := range uint64(200) {
		r := chance(seed)
		number := make([]byte, captchaDigits)
		for i := range number {
			number[i] = byte(r.IntN(10))
		}
		file := speak(number, assets.Digit, r)
		if sum += len(file); len(file) < 30_000 || len(file) > 66_000 {
			t.Errorf("%v takes %d bytes", number, len(file))
		}
		samples := heard(t, file)
		said := words(samples)
		if len(said) != captchaDigits {
			t.Errorf("%v is heard as %d words", number, len(said))
			continue
		}
		if lead := said[0][0]; lead < 2400 {
			t.Errorf("%v begins after %d ms", number, lead/8)
		}
		for i, word := range said[1:] {
			spoken, between := samples[word[0]:word[1]], samples[said[i][1]:word[0]]
			if ratio := loudness(spoken) / loudness(between); ratio < 3.5 || math.IsInf(ratio, 0) {
				t.Errorf("%v: word %d is %.1f times as loud as the murmur", number, i+2, ratio)
			}
		}
	}
	if mean := sum / 200; mean > 60_000 {
		t.Errorf("a sound takes %d bytes", mean)
	}
}

// tone stands for a digit: as many waves in a tenth of a second as ten times
// the digit and twenty.
func tone(n byte) []byte {
	out := make([]byte, 2400)
	for i := range out {
		out[i] = byte(128 + 90*math.Sin(2*math.Pi*float64(i)*float64(20+10*int(n))*10/8000))
	}
	return out
}

// pitch is how many waves fit a tenth of a second, between the first and the
// last that rise above the murmur.
func pitch(samples []float64) float64 {
	var rises []int
	low := true
	for i, s := range samples {
		if low && s > 30 {
			rises = append(rises, i)
		}
		if s > 30 || s < -30 {
			low = s < 0
		}
	}
	return 800 * float64(len(rises)-1) / float64(rises[len(rises)-1]-rises[0])
}

// The digits are said in their order, each once, whatever chance does.
func TestTheVoiceSaysTheNumber_CA05(t *testing.T) {
	for seed := range uint64(50) {
		number := []byte{0, 3, 9, 6, 6, 1}
		samples := heard(t, speak(number, tone, chance(seed)))
		said := words(samples)
		if len(said) != len(number) {
			t.Fatalf("heard %d words", len(said))
		}
		for i, word := range said {
			want := float64(20 + 10*int(number[i]))
			if got := pitch(samples[word[0]:word[1]]); math.Abs(got-want)/want > 0.12 {
				t.Errorf("word %d sounds like %.1f, want %.1f", i+1, got, want)
			}
		}
	}
}

// No two sounds of a number are alike, so that none can be looked up; one
// captcha's are all the same, so that noise does not average away.
func TestEachCaptchaSoundsAnew_CA02(t *testing.T) {
	assets := must(static.Load())(t)
	number := []byte{1, 1, 2, 3, 5, 8}
	first := speak(number, assets.Digit, chance(1))
	if !bytes.Equal(first, speak(number, assets.Digit, chance(1))) {
		t.Error("the same chance makes another sound")
	}
	if bytes.Equal(first, speak(number, assets.Digit, chance(2))) {
		t.Error("another chance makes the same sound")
	}
	if assets.Digit(10) != nil {
		t.Error("there is an eleventh digit")
	}
}

func (b *browser) captchaPage() page {
	b.x.t.Helper()
	return b.follow(b.submit(b.get("/pulihkan"), "nip", sitiNIP))
}

// The sound belongs to the browser and the five minutes of its captcha, and
// shares its few showings with the picture.
func TestTheSoundIsOneOfFewShowings_CA01_CA02(t *testing.T) {
	x := newTest(t)
	b := x.browser()
	gate := b.captchaPage()
	at := "/gerbang/" + gate.value("captcha_id")
	if !strings.Contains(gate.body, `src="`+at+`.wav"`) || !strings.Contains(gate.body, `preload="none"`) {
		t.Error("the page has no sound, or fetches it unasked")
	}
	if p := x.browser().get(at + ".wav"); p.status != http.StatusNotFound {
		t.Errorf("another browser hears it: %d", p.status)
	}
	first := b.get(at + ".wav")
	if first.status != http.StatusOK || first.header.Get("Content-Type") != "audio/wav" || first.header.Get("Cache-Control") != "no-store" {
		t.Fatal(first.status, first.header)
	}
	heard(t, []byte(first.body))
	if again := b.get(at + ".wav"); again.body != first.body {
		t.Error("the second time it sounds otherwise: parts would not fit, and noise would average away")
	}
	for n := range captchaShows {
		want := http.StatusOK
		if n >= captchaShows-2 {
			want = http.StatusNotFound
		}
		if p := b.get(at + []string{".png", ".wav"}[n%2]); p.status != want {
			t.Errorf("showing %d: %d, want %d", n+3, p.status, want)
		}
	}
	other := "/gerbang/" + b.captchaPage().value("captcha_id")
	for _, kind := range []string{"", ".", ".mp3", ".wav.png", ".WAV"} {
		if p := b.get(other + kind); p.status != http.StatusNotFound {
			t.Errorf("%q: %d", kind, p.status)
		}
	}
	x.clock.Advance(captchaLife)
	if p := b.get(other + ".wav"); p.status != http.StatusNotFound {
		t.Errorf("an expired captcha is said: %d", p.status)
	}
}

// part asks for bytes of a sound as players do.
func (b *browser) part(path, bytes string) page {
	b.client.Transport = lawHeaders{b.client.Transport, http.Header{"Range": {bytes}}}
	return b.get(path)
}

// Safari plays nothing that it cannot fetch in parts, and asks for two bytes
// first; those are no showing.
func TestSafariHearsTheSound_CA05(t *testing.T) {
	x := newTest(t)
	b := x.browser()
	at := "/gerbang/" + b.captchaPage().value("captcha_id") + ".wav"
	whole := b.get(at)
	rest := *b
	for range captchaShows + 1 {
		if p := b.part(at, "bytes=0-1"); p.status != http.StatusPartialContent || p.body != "RI" {
			t.Fatal(p.status, p.body)
		}
	}
	rest.client.Transport = x.cert
	if p := rest.part(at, "bytes=44-1043"); p.status != http.StatusPartialContent || p.body != whole.body[44:1044] {
		t.Error(p.status, len(p.body))
	}
}

func TestSoundsAreLimitedByNetwork_CA02_CA04(t *testing.T) {
	x := newTest(t)
	b := x.browser()
	at := "/gerbang/" + b.captchaPage().value("captcha_id") + ".wav"
	for n := range LimitVoice.Burst {
		if p := b.get(at); p.status == http.StatusTooManyRequests {
			t.Fatalf("refused at %d", n+1)
		}
	}
	if p := x.browser().get(at); p.status != http.StatusTooManyRequests || p.header.Get("Retry-After") == "" {
		t.Errorf("one more: %d", p.status)
	}
}
