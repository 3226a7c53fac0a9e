package app

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"pulih/db"
	"pulih/db/dbtest"
)

// lawForms is a whole form for each route that takes one: its fields as our
// pages send them, and after "?" those that may be left out. A route that is
// not here takes no field.
var lawForms = map[string]string{
	"/petugas/laporan/ringkasan":                "mau=ya",
	"/pulihkan":                                 "nip=198609262015052001",
	"/pulihkan/email":                           "email=a@contoh.test?captcha=123456&captcha_id=x&pow=1&tantangan=x&jalur=&ejaan=&tetap=",
	"/pulihkan/kode":                            "kode=7K3M-9QXD",
	"/pulihkan/sandi":                           "sandi=Layang-tinggi-rusa-58?username=198609262015052001&otp=123456",
	"/bantuan":                                  "pesan=Invalid authenticator code",
	"/bantuan/pendamping":                       "pendamping=ya",
	"/bantuan/:gejala/:langkah":                 "hasil=belum?merek=samsung",
	"/petugas/gangguan":                         "teks=Portal sedang gangguan&mulai=2026-11-23T10:00&akhir=2026-11-23T14:00",
	"/aktivasi":                                 "nip=198609262015052001",
	"/aktivasi/email":                           "email=a@contoh.test?captcha=123456&captcha_id=x&pow=1&tantangan=x&jalur=",
	"/aktivasi/kode":                            "kode=7K3M-9QXD",
	"/aktivasi/sandi":                           "sandi=Layang-tinggi-rusa-58?username=198609262015052001",
	"/buka-kunci":                               "nip=198609262015052001",
	"/buka-kunci/email":                         "email=a@contoh.test?captcha=123456&captcha_id=x&pow=1&tantangan=x&jalur=",
	"/buka-kunci/kode":                          "kode=7K3M-9QXD",
	"/masuk":                                    "nip=198609262015052001&sandi=Layang-tinggi-rusa-58?otp=123456&cadangan=",
	"/pulihkan-mfa":                             "nip=198609262015052001&sandi=Layang-tinggi-rusa-58?cadangan=&otp=123456",
	"/pulihkan-mfa/email":                       "email=a@contoh.test?captcha=123456&captcha_id=x&pow=1&tantangan=x&jalur=",
	"/pulihkan-mfa/kode":                        "kode=7K3M-9QXD",
	"/akun/autentikator":                        "sandi=Layang-tinggi-rusa-58&otp=123456",
	"/akun/autentikator/:id":                    "sandi=Layang-tinggi-rusa-58&otp=123456",
	"/akun/kode-cadangan":                       "sandi=Layang-tinggi-rusa-58&otp=123456",
	"/akun/sandi":                               "sandi=Layang-tinggi-rusa-58&otp=123456&sandi-baru=Kolam-teduh-perahu-41?username=198609262015052001",
	"/akun/email":                               "sandi=Layang-tinggi-rusa-58&otp=123456&email=a@contoh.test",
	"/akun/email/kode":                          "kode=7K3M-9QXD",
	"/akun/email/:id":                           "sandi=Layang-tinggi-rusa-58&otp=123456",
	"/cek-jam/ukur":                             "selisih=1000&ragu=50",
	"/cek-jam/lihat":                            "jam=10.00?zona=WITA",
	"/cek-jam/latihan/kode":                     "selisih=1000&ragu=50&kode=123456&usia=100",
	"/petugas/masuk":                            "nip=198609262015052001&sandi=Layang-tinggi-rusa-58&otp=123456",
	"/petugas/aktivasi":                         "kode=7K3M9QXD7K3M9QXD7K3M9QXD7K&sandi=Layang-tinggi-rusa-58?kode-kedua=7K3M9",
	"/petugas/aktivasi/kode":                    "otp=123456",
	"/petugas/antrean/pengambilan":              "tampilan=belum-diambil",
	"/petugas/tiket":                            "nip=198609262015052001&nama=Siti&opd=Dinas&telepon=0812345678&masalah=hilang?jenis=mfa",
	"/petugas/tiket/:no/pengambilan":            "versi=1",
	"/petugas/tiket/:no/pelepasan":              "versi=1",
	"/petugas/tiket/:no/pengambilalihan":        "versi=1",
	"/petugas/tiket/:no/pertanyaan":             "versi=1&pertanyaan-teks=Apa?",
	"/petugas/tiket/:no/catatan":                "versi=1&catatan-teks=Catatan",
	"/petugas/tiket/:no/nip":                    "versi=1&nip-nip=198609262015052001",
	"/petugas/tiket/:no/jenis":                  "versi=1?jenis-jenis=other",
	"/petugas/tiket/:no/penggabungan":           "versi=1?penggabungan-ke=PUL-7K3M-9QXD",
	"/petugas/tiket/:no/eskalasi":               "versi=1&eskalasi-nomor=BKN-1&eskalasi-pengingat=2026-12-01",
	"/petugas/tiket/:no/email":                  "versi=1&email-alamat=a@contoh.test",
	"/petugas/tiket/:no/kode-email":             "versi=1",
	"/petugas/tiket/:no/ganti-email":            "versi=1&ganti-email-kode=7K3M-9QXD&ganti-email-otp=123456",
	"/petugas/tiket/:no/buka-kunci":             "versi=1&buka-kunci-teks=",
	"/petugas/tiket/:no/pembekuan":              "versi=1&pembekuan-teks=Disalahgunakan&pembekuan-otp=123456",
	"/petugas/tiket/:no/usul-pembukaan":         "versi=1&usul-pembukaan-teks=KTP&usul-pembukaan-otp=123456",
	"/petugas/tiket/:no/pembukaan-penahanan":    "versi=1&pembukaan-penahanan-otp=123456",
	"/petugas/tiket/:no/jawaban-bkn":            "versi=1&jawaban-bkn-teks=Sudah",
	"/petugas/tiket/:no/pembukaan":              "versi=1&pembukaan-teks=Keliru",
	"/petugas/tiket/:no/bukti":                  "versi=1&jenis=ktp&ktp-nama=Siti&ktp-lahir=26-09-1986&ktp-nomor=1?ktp-cara=video&berkas=",
	"/petugas/tiket/:no/bukti/:bukti/penarikan": "versi=1",
	"/petugas/tiket/:no/telepon":                "versi=1&telepon-nomor=081234567890",
	"/petugas/tiket/:no/pemeriksaan":            "versi=1&pemeriksaan-otp=123456",
	"/petugas/tiket/:no/persetujuan":            "versi=1&persetujuan-otp=123456?persetujuan-dokumen=1",
	"/petugas/tiket/:no/pengembalian":           "versi=1&pengembalian-teks=Kurang",
	"/petugas/tiket/:no/penolakan":              "versi=1?penolakan-alasan=bukti",
	"/petugas/tiket/:no/penyelesaian":           "versi=1&penyelesaian-teks=Jam?penyelesaian-cara=jam",
	"/petugas/tiket/:no/penerbitan":             "versi=1&penerbitan-otp=123456",
	"/petugas/tiket/:no/riwayat":                "versi=1&riwayat-otp=123456",
	"/petugas/tiket/:no/pencabutan":             "versi=1&pencabutan-teks=Salah",
	"/petugas/pengaturan/usulan/:id/konfirmasi": "otp=123456",
	"/petugas/pengaturan/petugas":               "nip=198609262015052001&nama=Siti&email=a@contoh.test?unit=&peran-petugas=ya&peran-verifikator=ya&peran-penyelia=ya&peran-admin=ya",
	"/petugas/pengaturan/petugas/:id/peran":     "?peran-petugas=ya&peran-verifikator=ya&peran-penyelia=ya&peran-admin=ya",
	"/petugas/pengaturan/petugas/:id/unit":      "unit=Dinas",
	"/petugas/pengaturan/kalender":              "hari-0=&hari-1=07.30-16.00&hari-2=&hari-3=&hari-4=&hari-5=&hari-6=&daftar=?zona=WITA&impor=&ramadan-dari=&ramadan-sampai=&langkah=usul",
	"/petugas/pengaturan/target":                "target-mfa=7 j&target-email=&target-lock=&target-activation=&target-fraud=&target-other=",
	"/petugas/pengaturan/loket":                 "jaringan=10.1.2.0/24",
	"/petugas/pengaturan/bukti":                 "?mfa-l1-dokumen=1&mfa-l1-faktor=ya",
	"/petugas/antrean/massal":                   "langkah=ambil?teks=Halo&tampilan=milik-saya&balasan=x&pilih-PUL-7K3M-9QXD=ya",
	"/petugas/balasan-massal/:id/konfirmasi":    "otp=123456",
	"/petugas/audit":                            "nip=198609262015051001",
	"/petugas/laporan/ekspor":                   "bentuk=csv&otp=123456",
	"/petugas/audit/insiden":                    "dari=2026-11-01&sampai=2026-11-30&pelaku=&tindakan=&jaringan=&otp=123456",
	"/petugas/audit/riwayat":                    "nip=198609262015051001&dasar=Datang ke loket&dokumen=7401 0001 2015",
	"/petugas/audit/riwayat/:id":                "dokumen=7401 0001 2015&otp=123456&bentuk=csv",
	"/petugas/cari":                             "kata=hp",
	"/petugas/tombol":                           "tombol=mati",
	"/petugas/balasan":                          "judul=Salam&teks=Halo?versi=1&langkah=pratinjau",
	"/petugas/balasan/:id":                      "judul=Salam&teks=Halo?versi=1&langkah=pratinjau",
	"/demo/autentikator":                        "kunci=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
	"/tiket/baru":                               "sebab=hilang?nip=198609262015052001&gejala=",
	"/tiket/baru/lanjut":                        "nip=198609262015052001",
	"/tiket/baru/berkas":                        "?jenis=ktp",
	"/tiket/baru/gerbang":                       "?captcha=&captcha_id=&pow=&tantangan=&jalur=",
	"/tiket/baru/periksa":                       "?catatan=&sertakan=&captcha=&captcha_id=&pow=&tantangan=&jalur=",
	"/tiket/baru/:bagian":                       "nip=198609262015052001&nama=Siti&unit=Dinas",
	"/tiket":                                    "nomor=PUL-7K3M-9QXD&kunci=7K3M9QXD7K3M9QXD",
	"/tiket/:no/bukti":                          "sandi=Layang-tinggi-rusa-58&otp=?cadangan=",
	"/tiket/:no/berkas":                         "?jenis=ktp",
	"/tiket/:no/telepon":                        "kode=ABC123",
	"/tiket/:no/kode":                           "sandi=Layang-tinggi-rusa-58&otp=?cadangan=",
	"/tiket/:no/email":                          "email=a@contoh.test",
	"/tiket/:no/email/ganti":                    "kode=7K3M-9QXD&sandi=Layang-tinggi-rusa-58&otp=?cadangan=",
	"/tiket/:no/pembukaan":                      "pesan=Belum",
	"/tiket/:no/penilaian":                      "?selesai=ya&terbantu=4",
	"/tiket/:no/survei":                         "?syarat=4&prosedur=4&waktu=4&biaya=4&hasil=4&kemampuan=4&sikap=4&pengaduan=4&sarana=4",
	"/tiket/:no/pesan":                          "pesan=Halo",
	"/daftar-mfa":                               "nip=198609262015052001&kode=7K3M9QXD7K3M&sandi=Layang-tinggi-rusa-58&otp=?cadangan=",
	"/daftar-mfa/perangkat":                     "kode=123456&perangkat=HP",
}

// lawForm is the whole form of a route, and which of its fields may be left
// out.
func lawForm(t testing.TB, path string) (form url.Values, optional []string) {
	needed, may, _ := strings.Cut(strings.Replace(lawForms[path], "Apa?", "Apa%3F", 1), "?")
	form = must(url.ParseQuery(needed))(t)
	extra := must(url.ParseQuery(may))(t)
	maps.Copy(form, extra)
	return form, slices.Collect(maps.Keys(extra))
}

// lawPoster is who may post to a route, with what he needs for it.
type lawPoster struct {
	x      *test
	actors []lawActor
	holder lawActor
	params map[string]string
}

func (x *test) lawPoster() lawPoster {
	f := x.filed()
	return lawPoster{x, x.lawActors(), lawHolder(f), map[string]string{"no": f.number, "gejala": lawPlace.Symptom, "langkah": lawPlace.Step, "bagian": "identitas"}}
}

// browser is one whom the guard of r lets in.
func (p lawPoster) browser(r route) *browser {
	p.x.t.Helper()
	for _, who := range append(slices.Clone(p.actors), p.holder) {
		if lawGuard(r, who) == "" {
			return p.x.lawEnter(who)
		}
	}
	p.x.t.Fatalf("nobody may %s %s", r.Method, r.Path)
	return nil
}

func (p lawPoster) path(r route) string { return lawPath(r.Path, p.params) }

func lawPosts() []route {
	return slices.DeleteFunc(slices.Clone(routes), func(r route) bool { return r.Method != post })
}

// lawRaw posts a body as it is.
func (b *browser) lawRaw(path, kind string, body []byte, chunked bool) page {
	b.x.t.Helper()
	r := must(http.NewRequest(http.MethodPost, b.x.url+path, bytes.NewReader(body)))(b.x.t)
	if chunked {
		r.Body, r.ContentLength = &lawBody{b: body}, -1
	}
	r.Header.Set("Content-Type", kind)
	return b.do(r)
}

// lawBody is a body whose length the client does not know.
type lawBody struct{ b []byte }

func (l *lawBody) Read(p []byte) (n int, err error) {
	if n = copy(p, l.b); n == 0 {
		err = io.EOF
	}
	l.b = l.b[n:]
	return n, err
}

func (l *lawBody) Close() error { return nil }

const lawURLEncoded = "application/x-www-form-urlencoded"

// Each field of each form is sent doubled, missing, not UTF-8, with a NUL,
// too long and as an array: 400 each time, and no row is touched (RC-10,
// CVE-2023-7028, "Bad input" of issue 2).
func TestBadFieldsChangeNothing_RC10(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		x := newTestOn(t, d, clock)
		x.Demo, x.Phones = true, lawPhones{}
		p := x.lawPoster()
		x.lawQuiet()
		tables := lawWithout(lawTables(t, d), "limits", "captchas", "sessions")
		for _, r := range lawPosts() {
			before := lawDump(t, d, tables...)
			x.lawBadFields(t, p, r)
			if after := lawDump(t, d, tables...); !slices.Equal(before, after) {
				lawSame(t, before, after, r.Path)
			}
		}
	})
}

func (x *test) lawBadFields(t *testing.T, p lawPoster, r route) {
	form, optional := lawForm(t, r.Path)
	if r.Guard.name == "demo" {
		r.Guard = anyone
	}
	b := p.browser(r)
	for field := range form {
		for name, spoil := range map[string]func(url.Values){
			"doubled":        func(f url.Values) { f.Add(field, f.Get(field)) },
			"doubled, other": func(f url.Values) { f.Add(field, "x") },
			"missing":        func(f url.Values) { f.Del(field) },
			"an array":       func(f url.Values) { f[field+"[]"] = f[field]; f.Del(field) },
			"not UTF-8":      func(f url.Values) { f.Set(field, f.Get(field)+"\xff\xfe") },
			"cut UTF-8":      func(f url.Values) { f.Set(field, "\xe2\x80") },
			"with a NUL":     func(f url.Values) { f.Set(field, f.Get(field)+"\x00") },
			"over-long":      func(f url.Values) { f.Set(field, strings.Repeat("9", maxField+1)) },
		} {
			if (name == "missing" || name == "an array") && slices.Contains(optional, field) {
				continue
			}
			x.exec(`DELETE FROM limits`)
			bad := maps.Clone(form)
			for k := range bad {
				bad[k] = slices.Clone(bad[k])
			}
			spoil(bad)
			if got := b.post(p.path(r), bad); got.status != http.StatusBadRequest {
				t.Errorf("%s: %s %s: %d\n%s", r.Path, field, name, got.status, got.text())
			}
		}
	}
}

// The whole form is not malformed, so the table above is what the handlers
// read.
func TestWholeFormsAreRead(t *testing.T) {
	x := newTest(t)
	x.Demo, x.Phones = true, lawPhones{}
	p := x.lawPoster()
	for _, r := range lawPosts() {
		form, _ := lawForm(t, r.Path)
		if r.Guard.name == "demo" {
			r.Guard = anyone
		}
		if got := p.browser(r).post(p.path(r), form); got.status == http.StatusBadRequest || got.status >= 500 {
			t.Errorf("%s: %d\n%s", r.Path, got.status, got.text())
		}
	}
}

// What is no form of ours does nothing, and what is too large is 413, however
// it is sent (stack.md, pitfall 11).
func TestBadBodiesChangeNothing(t *testing.T) {
	x := newTest(t)
	x.Demo, x.Phones = true, lawPhones{}
	p := x.lawPoster()
	x.lawQuiet()
	tables := lawWithout(lawTables(t, x.DB), "limits", "captchas", "sessions")
	for _, r := range lawPosts() {
		form, optional := lawForm(t, r.Path)
		if len(form) == 0 {
			continue // it reads no body; TestLargeBodiesAreRefused has it
		}
		if r.Guard.name == "demo" {
			r.Guard = anyone
		}
		before, b := lawDump(t, x.DB, tables...), p.browser(r)
		for name, c := range lawBodies(form) {
			x.exec(`DELETE FROM limits`)
			got := b.lawRaw(p.path(r)+c.query, c.kind, []byte(c.body), false)
			if got.status != http.StatusBadRequest && len(optional) < len(form) {
				t.Errorf("%s: %s: %d\n%s", r.Path, name, got.status, got.text())
			}
		}
		lawSame(t, before, lawDump(t, x.DB, tables...), r.Path)
	}
}

type lawBadBody struct{ kind, body, query string }

func lawBodies(form url.Values) map[string]lawBadBody {
	object, _ := json.Marshal(form)
	var parts bytes.Buffer
	w := multipart.NewWriter(&parts)
	for name, values := range form {
		part, _ := w.CreateFormFile(name, "a.txt")
		_, _ = part.Write([]byte(values[0]))
	}
	_ = w.Close()
	whole := form.Encode()
	return map[string]lawBadBody{
		"JSON":                       {"application/json", string(object), ""},
		"text":                       {"text/plain", whole, ""},
		"no type":                    {"", whole, ""},
		"a wrong type":               {"application/x-www-form-urlencoded-not", whole, ""},
		"XML":                        {"application/xml", "<a/>", ""},
		"multipart without boundary": {"multipart/form-data", whole, ""},
		"multipart cut":              {w.FormDataContentType(), parts.String()[:parts.Len()/2], ""},
		"files instead of fields":    {w.FormDataContentType(), parts.String(), ""},
		"bad escapes":                {lawURLEncoded, whole + "&a=%zz", ""},
		"semicolons":                 {lawURLEncoded, strings.ReplaceAll(whole, "&", ";") + ";x", ""},
		"in the address":             {lawURLEncoded, "", "?" + whole},
		"in the address, no body":    {"text/plain", "", "?" + whole},
		"empty":                      {lawURLEncoded, "", ""},
		"NULs":                       {lawURLEncoded, strings.Repeat("\x00", 1000), ""},
	}
}
