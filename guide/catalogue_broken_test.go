package guide

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

// shelf is the catalogue's files, to break one.
func shelf(t *testing.T) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	if err := copyInto(files, "catalogue", ""); err != nil {
		t.Fatal(err)
	}
	return files
}

func copyInto(files fstest.MapFS, dir, prefix string) error {
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		name := dir + "/" + e.Name()
		if e.IsDir() {
			if err := copyInto(files, name, e.Name()+"/"); err != nil {
				return err
			}
			continue
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		files[prefix+e.Name()] = &fstest.MapFile{Data: data}
	}
	return err
}

const (
	otpFile   = "symptoms/01-otp-tidak-valid.yaml"
	emailFile = "symptoms/14-email-tidak-bisa-dipakai.yaml"
	lockFile  = "symptoms/02-terkunci-sementara.yaml"
	simFile   = "symptoms/18-ganti-nomor.yaml"
)

// Each mistake stops the start, and the message names the file, the symptom and, where there is one, the step.
var mistakes = []struct{ name, file, old, new, told string }{
	{"an unknown key", otpFile, "escalate:", "eskalasi:", otpFile},
	{"no YAML at all", otpFile, "causes:", "causes", otpFile},
	{"the same key twice", otpFile, "kind: mfa", "kind: mfa\nkind: lock", otpFile},
	{"a file under a wrong name", otpFile, "key: otp-tidak-valid", "key: otp-salah", "symptoms/01-otp-salah.yaml"},
	{"a number twice", simFile, "no: 18", "no: 17", "symptoms/17-ganti-nomor.yaml"},
	{"a missing way", simFile, "cannot: gejala/autentikator-hilang", "", "symptom ganti-nomor, step seperti-biasa: a way on is missing"},
	{"a way to nowhere", otpFile, "failed: gejala/salah-entri", "failed: gejala/entri", `step kode-baru: no symptom "entri"`},
	{"a way to no step", otpFile, "worked: langkah/buka-ulang", "worked: langkah/ulang", `step cek-jam: no step "ulang"`},
	{"an unknown way", otpFile, "worked: selesai", "worked: beres", `step kode-baru: "beres" is no way on`},
	{"onward from the last step", otpFile, "failed: gejala/salah-entri", "failed: lanjut", "step kode-baru: \"lanjut\" leads nowhere"},
	{"an unknown tool", otpFile, "tool: merek", "tool: merk", `step jam-otomatis: "merk" is no tool`},
	{"a wait without its minutes", lockFile, "    wait: 30\n", "", "step berhenti: wait goes with the tool \"tunggu\""},
	{"minutes without a wait", otpFile, "    tool: merek\n", "    tool: merek\n    wait: 30\n", "step jam-otomatis: wait goes with the tool \"tunggu\""},
	{"a wait of days", lockFile, "    wait: 30\n", "    wait: 2880\n", "step berhenti: wait of 2880 minutes, at most 1440"},
	{"solved without a sign-in", otpFile, "worked: langkah/buka-ulang", "worked: selesai", "step cek-jam: \"selesai\" only where the tool is \"masuk\""},
	{"a step under the address of the end", otpFile, "key: uji-lagi", "key: selesai", "step selesai: key is not kebab-case, or is taken"},
	{"a step under another page's address", otpFile, "key: uji-lagi", "key: petugas", "step petugas: key is not kebab-case, or is taken"},
	{"a key with capitals", otpFile, "key: uji-lagi", "key: UjiLagi", "step UjiLagi: key is not kebab-case"},
	{"a step twice", otpFile, "key: uji-lagi", "key: cek-jam", "step cek-jam: a second step"},
	{"a step without text", otpFile, "    text:\n      - Ulangi pengujian. Masih merah? Matikan lalu hidupkan HP, kemudian uji lagi.\n      - Belum hijau juga? Langkah berikutnya membetulkan aplikasinya.\n", "", "step uji-lagi: no title or no text"},
	{"no steps", simFile, "steps:\n  - key: seperti-biasa\n    title: Masuk seperti biasa\n    text:\n      - Anda tidak perlu mendaftar ulang. Entri (baris) {entri} tetap sama.\n      - Ketik kode 6 angka yang sedang tampil.\n    tool: masuk\n    says: {worked: Saya berhasil masuk, failed: Kode ditolak, cannot: HP saya juga berganti}\n    worked: selesai\n    failed: gejala/otp-tidak-valid\n    cannot: gejala/autentikator-hilang\n", "steps: []\n", "symptom ganti-nomor: no steps"},
	{"no title", simFile, "title: Saya hanya ganti nomor HP atau kartu SIM", "title: \"\"", "symptom ganti-nomor: no title"},
	{"no causes", simFile, "causes:\n  - Kode OTP dibuat aplikasi di HP. Nomor dan kartu SIM tidak berkaitan.\n", "", "symptom ganti-nomor: no causes"},
	{"no word on handing over", simFile, "escalate: Petugas membantu bila HP ikut berganti dan entri (baris akun) lama tidak bisa dipindahkan.\n", "", "when to hand over"},
	{"no sources", simFile, "sources: [X, domain.md §1.6 no. 18]", "sources: []", "no sources"},
	{"an unknown kind", simFile, "kind: mfa", "kind: otp", `"otp" is no kind`},
	{"a message without a meaning", otpFile, "    meaning: Kode 6 angka ditolak, atau akun sedang terkunci sementara.\n", "", "lacks its text or its meaning"},
	{"a message in no language", otpFile, "lang: en", "lang: eng", `is in "eng"`},
	{"a long sentence", otpFile, "Uji jam HP Anda", "Uji jam di HP Anda yang berisi aplikasi autentikator itu sampai hasilnya hijau dan cocok benar", "step cek-jam: a sentence of 16 words"},
	{"the portal's name", otpFile, "Uji jam HP Anda", "Uji jam HP untuk ASN Digital", `step cek-jam: "ASN Digital" belongs to the settings`},
	{"the entry's name", otpFile, "Pilih entri {entri}.", "Pilih entri public-siasn.", `"public-siasn" belongs to the settings`},
	{"the portal's address", "guide.yaml", "Ketik {alamat} di kolom alamat.", "Ketik asndigital.bkn.go.id.", "guide.yaml: aktivasi"},
	{"an unknown placeholder", otpFile, "Pilih entri {entri}.", "Pilih entri {aplikasi}.", "{aplikasi} is no name"},
	{"a placeholder left open", otpFile, "Pilih entri {entri}.", "Pilih entri {entri.", "is no name"},
	{"a circle for who never succeeds", lockFile, "    failed: gejala/akun-nonaktif", "    failed: gejala/otp-tidak-valid", `always answers "failed" comes back`},
	{"a circle for who can do nothing", "symptoms/24-akun-nonaktif.yaml", "    cannot: petugas\n  - key: sekali", "    cannot: langkah/tunggu\n  - key: sekali", `always answers "cannot" comes back`},
	{"no agent in reach", "symptoms/23-hapus-daftar-ulang.yaml", "    failed: petugas\n    cannot: petugas\nescalate", "    failed: selesai\n    cannot: selesai\nescalate", "step masuk: no way leads to an agent"},
	{"a symptom that no question leads to", "questions.yaml", "symptom: data-salah", "symptom: penipuan", "symptom data-salah: not within 4 questions"},
	{"a question that nothing leads to", "questions.yaml", "question: terkunci}", "question: sandi}", "questions.yaml: terkunci: nothing leads here"},
	{"a choice to nowhere", "questions.yaml", "question: terkunci}", "question: dikunci}", "questions.yaml: mulai: choice"},
	{"a choice to both", "questions.yaml", "question: terkunci}", "question: terkunci, symptom: penipuan}", "questions.yaml: mulai: choice"},
	{"a ninth choice", "questions.yaml", "    - {text: \"Pesan lain, atau hal lain\", question: lain}", "    - {text: Pesan lain, question: lain}\n    - {text: Hal lain, question: lain}", "questions.yaml: mulai: 9 choices"},
	{"a guide's step without help", "guide.yaml", "symptom: nip-tidak-ditemukan", "symptom: nip", `guide.yaml: siapkan: no symptom "nip"`},
	{"a question without an answer", "faq.yaml", "    - Tidak. Kode tidak terkait nomor atau kartu SIM.\n", "", "has no answer"},
	{"a synonym of two words", "words.yaml", "[sandi, kata sandi,", "[kata sandi, sandi,", `words.yaml: "kata sandi": one word first`},
	{"a question without help", "faq.yaml", "symptom: ganti-nomor", "symptom: nomor", `no symptom "nomor"`},
}

func TestEveryMistakeStopsTheStartAndIsNamed(t *testing.T) {
	for _, m := range mistakes {
		t.Run(m.name, func(t *testing.T) {
			files := shelf(t)
			text := string(files[m.file].Data)
			if !strings.Contains(text, m.old) {
				t.Fatalf("%s no longer says %q", m.file, m.old)
			}
			files[m.file].Data = []byte(strings.Replace(text, m.old, m.new, 1))
			_, err := LoadCatalogue(files, words)
			if err == nil || !strings.Contains(err.Error(), m.told) {
				t.Errorf("want %q, got %v", m.told, err)
			}
		})
	}
}

func TestMissingSymptomStopsTheStart(t *testing.T) {
	files := shelf(t)
	delete(files, emailFile)
	if _, err := LoadCatalogue(files, words); err == nil || !strings.Contains(err.Error(), `no symptom "email-tidak-bisa-dipakai"`) {
		t.Error(err)
	}
}

func TestUnbrokenFilesLoad(t *testing.T) {
	if _, err := LoadCatalogue(shelf(t), words); err != nil {
		t.Error(err)
	}
}
