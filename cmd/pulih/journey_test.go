package main

import "testing"

func TestProbe(t *testing.T) {
	w := newWorld(t, "")
	b := newTab(t, newChromium(t), w.Base, 360, true)
	b.open("/")
	b.sees("Tidak bisa masuk ASN Digital?")
	b.fits()
	b.press("Masuk")
	t.Log(b.text(), w.code(w.play("petugas", 0).Secret))
}
