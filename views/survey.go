package views

import "strconv"

// Survey asks of the nine elements of PermenPANRB 14/2017 what somebody thinks
// of the service. Each question may be left out.
type Survey struct {
	Number    string
	Questions []SurveyQuestion
}

// SurveyQuestion is one of the nine.
type SurveyQuestion struct {
	Name    string
	Text    string
	Hint    string
	Answers []Option // from the worst to the best
}

// SurveyQuestions ask of the nine elements in the regulation's order. The
// scales are the regulation's, the questions are in our words.
var SurveyQuestions = [9]SurveyQuestion{
	{Name: "syarat", Text: "Apakah syarat yang kami minta sudah sesuai?", Hint: "Misalnya KTP atau SK.",
		Answers: Scale("Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai")},
	{Name: "prosedur", Text: "Apakah langkah-langkahnya mudah diikuti?",
		Answers: Scale("Tidak mudah", "Kurang mudah", "Mudah", "Sangat mudah")},
	{Name: "waktu", Text: "Apakah kami cepat melayani Anda?",
		Answers: Scale("Tidak cepat", "Kurang cepat", "Cepat", "Sangat cepat")},
	{Name: "biaya", Text: "Bagaimana biaya layanan ini?", Hint: "Layanan ini seharusnya gratis. Pilih yang Anda alami.",
		Answers: Scale("Sangat mahal", "Cukup mahal", "Murah", "Gratis")},
	{Name: "hasil", Text: "Apakah hasilnya sesuai dengan yang kami janjikan?",
		Answers: Scale("Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai")},
	{Name: "kemampuan", Text: "Apakah petugas mampu membantu Anda?",
		Answers: Scale("Tidak mampu", "Kurang mampu", "Mampu", "Sangat mampu")},
	{Name: "sikap", Text: "Apakah petugas sopan dan ramah?",
		Answers: Scale("Tidak sopan", "Kurang sopan", "Sopan", "Sangat sopan")},
	{Name: "pengaduan", Text: "Bagaimana keluhan dan pengaduan ditangani?", Hint: "Misalnya lewat pesan, telepon, atau loket.",
		Answers: Scale("Tidak ada penanganan", "Ada, tetapi tidak berfungsi", "Berfungsi, tetapi kurang maksimal", "Dikelola dengan baik")},
	{Name: "sarana", Text: "Bagaimana situs dan loket kami?",
		Answers: Scale("Buruk", "Cukup", "Baik", "Sangat baik")},
}

// Scale is 1 to 4 in words, as the regulation orders them.
func Scale(words ...string) []Option {
	var all []Option
	for i, text := range words {
		all = append(all, Option{Value: strconv.Itoa(i + 1), Text: text})
	}
	return all
}
