package app

import (
	"bytes"
	"context"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pulih/db"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
	"pulih/tickets/upload"
	"pulih/views"
)

// file is a file as a browser sends it.
type file struct {
	name, kind string
	bytes      []byte
}

func photo() file { return file{"KTP saya.jpg", "image/jpeg", ticketstest.Photo()} }

// upload sends a form with files.
func (b *browser) upload(path string, fields url.Values, files ...file) page {
	b.x.t.Helper()
	kind, body := multipartOf(fields, files...)
	return b.lawRaw(path, kind, body, false)
}

func multipartOf(fields url.Values, files ...file) (kind string, body []byte) {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for name, values := range fields {
		for _, value := range values {
			_ = w.WriteField(name, value)
		}
	}
	for _, f := range files {
		part, _ := w.CreatePart(textproto.MIMEHeader{
			"Content-Disposition": {fmt.Sprintf(`form-data; name="berkas"; filename=%q`, f.name)}, "Content-Type": {f.kind},
		})
		_, _ = part.Write(f.bytes)
	}
	_ = w.Close()
	return w.FormDataContentType(), b.Bytes()
}

var ktp = url.Values{"jenis": {"ktp"}}

func TestFilesAreSentFromTheStatusPageAndTakenBack(t *testing.T) {
	x := newTest(t)
	f := x.filed()
	form := f.page("berkas")
	form.mustSay(t, http.StatusOK, "Pasal 20 ayat (2) huruf e UU 27/2022") // PR-07, before anything is sent
	form.mustSay(t, http.StatusOK, "PDF tetap seperti aslinya.")
	form.mustSay(t, http.StatusOK, "Dihapus 30 hari setelah permohonan selesai")
	if accept := form.Find("input[type=file]").AttrOr("accept", ""); strings.Contains(accept, "heic") || !strings.Contains(accept, "image/webp") {
		t.Error("the form accepts ", accept)
	}
	at := views.StatusPath(f.number, "berkas")
	f.follow(f.upload(at, ktp, photo(), file{"SK.pdf", "application/pdf", []byte("%PDF-1.4\n%%EOF")})).
		mustSay(t, http.StatusOK, "Berkas Anda sudah kami terima.")
	list := f.page("berkas")
	list.mustSay(t, http.StatusOK, "Berkas yang kami terima")
	if n := list.Find(".proofs > li").Length(); n != 2 || strings.Contains(list.body, "KTP saya") || list.Find("main img").Length() > 0 {
		t.Errorf("%d files; a name or a picture is shown again (impostor 25)", n)
	}
	back := list.Find(`form[action$="/penarikan"]`).First().AttrOr("action", "")
	f.follow(f.post(back, nil)).mustSay(t, http.StatusOK, "Berkas itu sudah dihapus.")
	if n := f.page("berkas").Find(".proofs > li").Length(); n != 1 {
		t.Errorf("%d files after one was taken back", n)
	}
	if p := f.get(strings.TrimSuffix(back, "/penarikan")); p.status != http.StatusNotFound {
		t.Errorf("a file can be read from outside: %d", p.status)
	}
}

// What cannot be kept is said, and the rest is kept.
func TestABrokenFileDoesNotTakeTheOthersWithIt_UP02(t *testing.T) {
	x := newTest(t)
	f := x.filed()
	at := views.StatusPath(f.number, "berkas")
	p := f.upload(at, ktp, photo(), file{"b.jpg", "image/jpeg", []byte("<script>alert(1)</script>")})
	p.mustSay(t, http.StatusUnprocessableEntity, "Berkas ke-2: Jenis berkas ini tidak bisa kami terima.")
	if p.Find(".proofs > li").Length() != 1 || p.Find("[value=ktp][checked]").Length() != 1 {
		t.Error("the good file or the choice is lost")
	}
	for name, v := range map[string]struct {
		fields url.Values
		files  []file
		say    string
	}{
		"no kind":                          {nil, []file{photo()}, "Pilih dokumen apa yang Anda kirim."},
		"another kind":                     {url.Values{"jenis": {"callback"}}, []file{photo()}, "Pilih dokumen apa yang Anda kirim."},
		"no file":                          {ktp, nil, "Pilih foto atau PDF"},
		"the empty one that browsers send": {ktp, []file{{"", "application/octet-stream", nil}}, "Pilih foto atau PDF"},
		"four":                             {ktp, []file{photo(), photo(), photo(), photo()}, "paling banyak 3 berkas"},
		"too large":                        {ktp, []file{{"a.jpg", "image/jpeg", append(ticketstest.Photo(), make([]byte, upload.MaxBytes)...)}}, "lebih dari 5 MB"},
		"an ending":                        {ktp, []file{{"a.png", "image/png", ticketstest.Photo()}}, "Akhiran nama berkas"},
		"a zip":                            {ktp, []file{{"a.zip", "application/zip", []byte("PK\x03\x04")}}, "Jenis berkas ini"},
	} {
		f.upload(at, v.fields, v.files...).mustSay(t, http.StatusUnprocessableEntity, v.say)
		if n := f.page("berkas").Find(".proofs > li").Length(); n != 1 {
			t.Errorf("%s: %d files", name, n)
		}
	}
}

func TestDamagedUploadsChangeNothing_UP01(t *testing.T) {
	x := newTest(t)
	f := x.filed()
	at := views.StatusPath(f.number, "berkas")
	kind, body := multipartOf(ktp, photo())
	nameless, parts := multipartOf(ktp, slices.Repeat([]file{photo()}, 20)...)
	large, bytes17 := multipartOf(ktp, slices.Repeat([]file{{"a.jpg", "image/jpeg", make([]byte, upload.MaxBytes)}}, 4)...)
	doubled, two := multipartOf(url.Values{"jenis": {"ktp", "karpeg"}}, photo())
	zero, nul := multipartOf(url.Values{"jenis": {"ktp\x00"}}, photo())
	for name, v := range map[string]struct {
		kind string
		body []byte
		want int
	}{
		"cut":              {kind, body[:len(body)/2], 400},
		"no boundary":      {"multipart/form-data", body, 400},
		"another boundary": {"multipart/form-data; boundary=x", body, 400},
		"a text":           {"text/plain", body, 422},
		"too many parts":   {nameless, parts, 400},
		"a field doubled":  {doubled, two, 400},
		"a NUL":            {zero, nul, 400},
		"20 MiB":           {large, bytes17, 413},
		"a file as field":  {kind, bytes.Replace(body, []byte(`name="jenis"`), []byte(`name="jenis"; filename="a"`), 1), 400},
	} {
		for _, chunked := range []bool{false, true} {
			if p := f.lawRaw(at, v.kind, v.body, chunked); p.status != v.want {
				t.Errorf("%s, chunked %v: %d, want %d\n%s", name, chunked, p.status, v.want, p.text())
			}
		}
	}
	if n := f.page("berkas").Find(".proofs > li").Length(); n != 0 {
		t.Errorf("%d files", n)
	}
	if p := x.browser().upload("/tiket", ktp, file{"a.jpg", "image/jpeg", make([]byte, 300<<10)}); p.status != http.StatusRequestEntityTooLarge {
		t.Errorf("another form takes large bodies: %d", p.status)
	}
}

func TestAnOfficeSends300MiBADay_impostor23(t *testing.T) {
	x := newTest(t)
	f := x.filed()
	at := views.StatusPath(f.number, "berkas")
	used := func(kib int) {
		if wait := must(x.Limits.TakeMany(context.Background(), LimitUpload, kib, "127.0.0.1/32"))(t); wait > 0 {
			t.Fatal(wait)
		}
	}
	used(300<<10 - 1)
	if p := f.upload(at, ktp, photo()); p.status != http.StatusTooManyRequests || p.header.Get("Retry-After") == "" {
		t.Errorf("beyond the quota: %d", p.status)
	}
	x.clock.Advance(time.Minute)
	f.upload(at, ktp, photo()).mustSay(t, http.StatusSeeOther, "")
}

func TestUploadsThatNobodyHasRoomForWait(t *testing.T) {
	x := newTest(t)
	f := x.filed()
	for n := range uploadRoom / uploadFirst { // no one of them heavier than the next
		x.room.enter(&turn{network: strconv.Itoa(n), one: strconv.Itoa(n), cut: func() {}})
	}
	p := f.upload(views.StatusPath(f.number, "berkas"), ktp, photo())
	p.mustSay(t, http.StatusServiceUnavailable, "Layanan sedang sibuk.")
}

// A PDF carries no mark itself: the page that hands it out does, and says so.
func TestAPDFIsHandedOutUnderTheMark_UP04(t *testing.T) {
	x := newStaffed(t)
	f := x.filed("nip", string(asn.NIP))
	sent := []byte("%PDF-1.4\n%%EOF")
	f.upload(views.StatusPath(f.number, "berkas"), ktp, file{"KTP.pdf", "application/pdf", sent})
	p := x.rina.get(x.rina.fileOf(f.number))
	p.mustSay(t, http.StatusOK, "HANYA UNTUK PEMULIHAN AKUN · "+db.At(x.clock.Now()).Date(db.WITA)+" · "+f.number)
	p.mustSay(t, http.StatusOK, "Tidak ada tanda air di dalamnya.")
	content := x.rina.get(p.Find(`main a[href$="/isi"]`).AttrOr("href", ""))
	if want := `attachment; filename="hanya-untuk-pemulihan-akun-` + f.number + `.pdf"`; content.header.Get("Content-Disposition") != want || content.body != string(sent) {
		t.Error(content.status, content.header)
	}
}

func TestTheApproverSeesWhereAFileIsMissing_impostor8(t *testing.T) {
	x := newStaffed(t)
	f := x.filed("nip", string(asn.NIP))
	x.rina.fill(x.rina.open(f.number), ticketAddress(f.number)+"/bukti", "ktp-cara", "video", "ktp-nama", asn.Name, "ktp-lahir", "26-09-1986", "ktp-nomor", "74").
		mustSay(t, http.StatusSeeOther, "")
	x.budi.open(f.number).mustSay(t, http.StatusOK, "tanpa berkas")
}

// fileOf is the page of the first file of a ticket.
func (g *clerk) fileOf(number string) string {
	g.x.t.Helper()
	return g.open(number).Find(`a[href*="/berkas/"]`).First().AttrOr("href", "")
}

func TestStaffLookAtAFileAndCompareItBlind_UP03(t *testing.T) {
	x := newStaffed(t)
	f := x.filed("nip", string(asn.NIP), "nama", "Siti C.")
	f.upload(views.StatusPath(f.number, "berkas"), ktp, photo())
	at := x.rina.fileOf(f.number)
	p := x.rina.get(at)
	p.mustSay(t, http.StatusOK, "Setiap pembukaan tercatat")
	content := x.rina.get(p.Find("main img").AttrOr("src", ""))
	for header, want := range map[string]string{"Content-Type": "image/jpeg", "X-Content-Type-Options": "nosniff",
		"Content-Disposition":     `attachment; filename="hanya-untuk-pemulihan-akun-` + f.number + `.jpg"`,
		"Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'", "Cache-Control": "no-store"} {
		if got := content.header.Get(header); got != want {
			t.Errorf("%s: %q", header, got)
		}
	}
	if content.status != http.StatusOK || content.body == string(ticketstest.Photo()) {
		t.Error("not the marked copy: ", content.status)
	}
	if strings.Contains(p.body, asn.Name) || strings.Contains(p.body, string(asn.NIP)) {
		t.Error("the page shows a value of the record (impostor 22)")
	}
	bad := x.rina.fill(p, ticketAddress(f.number)+"/bukti", "ktp-cara", "video", "ktp-nama", "Orang Lain", "ktp-lahir", "26-09-1986", "ktp-nomor", "74")
	bad.mustSay(t, http.StatusUnprocessableEntity, "Tidak cocok dengan data kepegawaian.")
	if bad.Find("main img").Length() != 1 || bad.value("ktp-nama") != "Orang Lain" {
		t.Error("the picture or what was typed is lost")
	}
	good := x.rina.fill(x.rina.get(at), ticketAddress(f.number)+"/bukti", "ktp-cara", "video", "ktp-nama", asn.Name, "ktp-lahir", "26-09-1986", "ktp-nomor", "74")
	good.mustSay(t, http.StatusSeeOther, "")
	if x.rina.open(f.number).Find(`.proofs a[href="`+at+`"]`).Length() < 2 {
		t.Error("the item does not lead to its file")
	}
	for who, g := range map[string]*clerk{"a supervisor": x.sari, "an admin": x.adi} {
		if p := g.get(at + "/isi"); p.status != http.StatusForbidden {
			t.Errorf("%s: %d", who, p.status)
		}
	}
	if p := f.get(at + "/isi"); p.status != http.StatusSeeOther {
		t.Errorf("the person: %d", p.status)
	}
}

func TestTheMenuOfKindsIsTheDesks(t *testing.T) {
	if len(fileKinds()) != len(tickets.AttachmentKinds) || slices.ContainsFunc(fileKinds(), func(o views.Option) bool { return o.Text == "" }) {
		t.Error(fileKinds())
	}
}
