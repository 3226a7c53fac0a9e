package guide

import "strings"

// Brand is a make of phone and where it keeps the automatic clock. The labels are from memory and differ between
// versions (clock.md §4.8), so a page always names the search in the settings first.
type Brand struct {
	Key    string
	Name   string
	Path   string // menus, one after the other
	Switch string // what to turn on at the end
}

// Brands lists the makes in the order of the picker.
func Brands() []Brand {
	return []Brand{
		{"samsung", "Samsung", "Pengaturan › Manajemen umum › Tanggal dan waktu", "Tanggal dan waktu otomatis"},
		{"xiaomi", "Xiaomi, Redmi, POCO", "Setelan › Setelan tambahan › Tanggal & waktu", "Setel waktu secara otomatis"},
		{"oppo", "OPPO, realme", "Pengaturan › Pengaturan tambahan (atau Setelan sistem) › Tanggal & waktu", "Atur waktu secara otomatis"},
		{"vivo", "vivo, iQOO", "Pengaturan › Pengelolaan sistem (atau Sistem) › Tanggal & waktu", "Waktu otomatis"},
		{"infinix", "Infinix, Tecno", "Pengaturan › Sistem › Tanggal & waktu", "Tanggal dan waktu otomatis"},
		{"iphone", "iPhone", "Pengaturan › Umum › Tanggal & Waktu", "Atur Secara Otomatis"},
		{"android", "Android lain", "Setelan › Sistem › Tanggal & waktu", "Setel waktu secara otomatis"},
		{"windows", "Komputer Windows", "Setelan › Waktu & bahasa › Tanggal & waktu", "Atur waktu secara otomatis"},
	}
}

// BrandByKey finds a make; ok is false for a word that is none.
func BrandByKey(key string) (Brand, bool) {
	for _, b := range Brands() {
		if b.Key == key {
			return b, true
		}
	}
	return Brand{}, false
}

// GuessBrand reads a browser's User-Agent. Most hide the make nowadays; then the key is empty and the person picks.
func GuessBrand(agent string) string {
	agent = strings.ToLower(agent)
	for _, sign := range signs {
		if strings.Contains(agent, sign.word) {
			return sign.key
		}
	}
	return ""
}

// IsComputer tells from a User-Agent that a browser runs on no phone and no tablet.
func IsComputer(agent string) bool {
	for _, word := range []string{"Mobile", "Android", "iPhone", "iPad"} {
		if strings.Contains(agent, word) {
			return false
		}
	}
	return agent != ""
}

var signs = []struct{ word, key string }{
	{"iphone", "iphone"}, {"windows", "windows"},
	{"samsungbrowser", "samsung"}, {"; sm-", "samsung"},
	{"miuibrowser", "xiaomi"}, {"redmi", "xiaomi"}, {"; poco", "xiaomi"}, {"; mi ", "xiaomi"},
	{"heytapbrowser", "oppo"}, {"; cph", "oppo"}, {"; rmx", "oppo"},
	{"vivobrowser", "vivo"}, {"; vivo", "vivo"},
	{"infinix", "infinix"}, {"tecno", "infinix"},
}
