package views

func requestName(value string) Field {
	return Field{
		Name: "nama", Label: "Nama lengkap", Hint: "Seperti di SK, tanpa gelar.",
		Value: value, Autocomplete: "name", Max: 100,
	}
}

func requestUnit(value string) Field {
	return Field{
		Name: "unit", Label: "Unit kerja (OPD)", Hint: "Contoh: Dinas Pendidikan, RSUD, kecamatan, sekolah.",
		Value: value, Autocomplete: "organization", Max: 150,
	}
}

func requestPhone(value string) Field {
	f := PhoneField("hp", "Nomor HP atau WhatsApp", value)
	f.Hint = "Wajib bila memilih WhatsApp atau telepon. Contoh: 0812 3456 7890"
	return f
}

func (f RequestForm) carry() Field {
	ticked := Field{Name: "sertakan", Label: "Kirim catatan ini ke petugas", Hint: "Dengan catatan ini, Anda tidak perlu bercerita lagi."}
	if f.Carry {
		ticked.Value = "ya"
	} else {
		ticked.Hint = "Centang hanya jika catatan ini milik Anda."
	}
	return ticked
}

func requestProblem(f RequestForm) Field {
	return Field{
		Name: "masalah", Label: "Ceritakan singkat", Value: f.Problem, Rows: 4, Max: 1800, Optional: true,
		Hint: "Kapan mulai, apa yang sudah dicoba. Jangan tulis kata sandi atau kode OTP.",
	}
}

// hiddenLabel is a question that the H1 asks already.
func hiddenLabel(name, label, value string) Field {
	return Field{Name: name, Label: label, Value: value, HideLabel: true}
}
