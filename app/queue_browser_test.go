package app

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"pulih/accounts"
	"pulih/tickets"
)

// keys types into whatever has the focus.
func keys(t *testing.T, ctx context.Context, text string) {
	t.Helper()
	waitFor(t, ctx, `document.readyState === "complete"`) // the scripts are there
	must(chromedp.Run(ctx, chromedp.KeyEvent(text)))(t)
}

func focused(t *testing.T, ctx context.Context, selector string) {
	t.Helper()
	waitFor(t, ctx, `document.activeElement?.matches("`+selector+`")`)
}

// What one agent does, the other sees where he looks, without a row moving
// under his cursor.
func TestTwoBrowsersWatchEachOtherLive(t *testing.T) {
	x := newStaffed(t)
	first := x.remote(tickets.Other).Number
	tono := x.clerk("197001052000011005", "Tono Petugas", accounts.Agent)
	ours, theirs := chromium(t, 1280, true), chromium(t, 1280, true)
	x.rina.signIn(t, ours)
	tono.signIn(t, theirs)
	list := queueAddress(tickets.List{View: tickets.Unproven})
	see(t, ours, x.url+list, "[data-row] th", first)
	second := x.remote(tickets.Other).Number
	see(t, ours, "", ".pill", "1 permohonan baru")
	waitFor(t, ours, `document.title.startsWith("(1) ") && document.querySelectorAll("[data-row]").length === 1`)
	see(t, theirs, x.url+ticketAddress(first), "h1", "Siti C.")
	click(t, theirs, `form[action$="/pengambilan"] button`)
	see(t, ours, "", `[data-row="`+first+`"]`, "Tidak lagi di daftar ini")
	click(t, ours, ".pill a")
	see(t, ours, "", "[data-row] th", second)

	see(t, ours, x.url+ticketAddress(first), "[data-here]", "Sedang dibuka Tono Petugas")
	see(t, theirs, "", "[data-here]", "Sedang dibuka Rina Petugas")
	must(chromedp.Run(ours, chromedp.Navigate(x.url+list)))(t)
	waitFor(t, theirs, `document.querySelector("[data-here]").textContent === ""`)
	x.sari.mustGo(first, "pengambilalihan")
	see(t, theirs, "", ".pill", "Permohonan ini berubah")
}

// An agent's morning with the keyboard alone.
func TestAnAgentsDayByKeyboard(t *testing.T) {
	for _, width := range []int64{360, 1280} {
		x := newStaffed(t)
		numbers := []string{x.remote(tickets.Other).Number, x.remote(tickets.Other).Number}
		x.sari.fill(x.sari.get(savedPath), savedPath, "judul", "Salam", "teks", "Yth. {nama}, kapan mulai?", "langkah", "simpan")
		ctx := chromium(t, width, true)
		x.rina.signIn(t, ctx)
		see(t, ctx, x.url+queueAddress(tickets.List{View: tickets.Unproven}), "h1", "Antrean")
		fits(t, ctx)
		keys(t, ctx, "jj")
		focused(t, ctx, "[data-row='"+numbers[1]+"'] a")
		keys(t, ctx, "kj\r")
		see(t, ctx, "", "main .row b", numbers[1])
		fits(t, ctx)
		keys(t, ctx, "a")
		see(t, ctx, "", ".rows", "Rina Petugas")
		keys(t, ctx, "n")
		focused(t, ctx, "#catatan-teks")
		keys(t, ctx, "ragu j k a\t\r") // keys in a field are letters
		see(t, ctx, "", ".thread .note", "ragu j k a")
		keys(t, ctx, "r")
		focused(t, ctx, "#pertanyaan-teks")
		keys(t, ctx, "Sejak kapan?\t\r")
		see(t, ctx, "", ".panel h2", "Menunggu balasan pemohon")
		keys(t, ctx, "s")
		focused(t, ctx, "#keputusan *")
		keys(t, ctx, "gm")
		see(t, ctx, "", `.tabs [aria-current]`, "Milik saya")
		keys(t, ctx, "/")
		focused(t, ctx, "#kata")
		keys(t, ctx, "kapan\r")
		see(t, ctx, "", "h1", "Cari permohonan")
		see(t, ctx, "", "[data-row] th", numbers[1])
		fits(t, ctx)
		keys(t, ctx, "\t?")
		see(t, ctx, "", "h1", "Tombol pintas")
	}
}

// The same without a script: links and forms do all of it.
func TestAnAgentsDayWithoutScripts(t *testing.T) {
	for _, width := range []int64{360, 1280} {
		x := newStaffed(t)
		number := x.remote(tickets.Other).Number
		x.sari.fill(x.sari.get(savedPath), savedPath, "judul", "Salam", "teks", "Yth. {nama}, kapan mulai?", "langkah", "simpan")
		ctx := chromium(t, width, false)
		x.rina.signIn(t, ctx)
		see(t, ctx, x.url+queueAddress(tickets.List{View: tickets.Unproven}), "[data-row] th", number)
		click(t, ctx, ".more summary")
		fillIn(t, ctx, "#unit", "disdik\r")
		see(t, ctx, "", ".more summary", "(1)")
		fits(t, ctx)
		fillIn(t, ctx, "#kata", "siti\r")
		see(t, ctx, "", "h1", "Cari permohonan")
		see(t, ctx, "", "[data-row] th", number)
		click(t, ctx, "[data-row] th a")
		see(t, ctx, "", "h1", "Siti C.")
		click(t, ctx, `form[action$="/pengambilan"] button`)
		see(t, ctx, "", "#pertanyaan", "Kirim dan tunggu balasan")
		click(t, ctx, "form.filter .btn")
		waitFor(t, ctx, `document.querySelector("#pertanyaan-teks").value.includes("Yth. Siti C., kapan mulai?")`)
		click(t, ctx, "#pertanyaan .btn")
		see(t, ctx, "", ".thread .mine", "kapan mulai?")
		fits(t, ctx)
		if onScreen(ctx, ".pill > span") || strings.Contains(textOf(ctx, "title"), "(") {
			t.Error("a pill without the script that shows it")
		}
	}
}
