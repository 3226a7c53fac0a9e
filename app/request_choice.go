package app

import (
	"strings"

	"pulih/tickets"
	"pulih/views"
)

// How and when somebody wants to hear from us.
const viaStatus = "status"

var contactWays = []views.Option{
	{Value: "wa", Text: "WhatsApp"},
	{Value: "telepon", Text: "Telepon"},
	{Value: viaStatus, Text: "Saya periksa sendiri di halaman status"},
}

var contactHours = []views.Option{
	{Value: "", Text: "Kapan saja"},
	{Value: "pagi", Text: "Pagi, 08.00–11.00"},
	{Value: "siang", Text: "Siang, 11.00–14.00"},
	{Value: "sore", Text: "Sore, 14.00–16.00"},
}

// When somebody shows his documents. At the counter means that the request is
// the counter's: the channel is fixed when it is filed (impostor 6).
const (
	evidenceNow     = "sekarang"
	evidenceCounter = "loket"
)

var evidenceTimes = []views.Option{
	{Value: evidenceNow, Text: "Unggah sekarang", Hint: "Foto KTP atau SK dari HP atau komputer ini."},
	{Value: "nanti", Text: "Nanti, bila petugas memintanya"},
	{Value: evidenceCounter, Text: "Tunjukkan di loket", Hint: "Bawa KTP dan SK asli pada jam layanan."},
}

// contact is the line that tells an agent how to reach the person.
func (f requestForm) contact() string {
	if f.Via == viaStatus {
		return ""
	}
	return strings.TrimSuffix("Dihubungi lewat "+optionText(contactWays, f.Via)+", "+strings.ToLower(optionText(contactHours, f.Hours)), ", ") + "."
}

// hoursIn are those hours with the zone in which they are meant.
func hoursIn(zone string) (in []views.Option) {
	for _, o := range contactHours {
		if o.Value != "" {
			o.Text += " " + zone
		}
		in = append(in, o)
	}
	return in
}

func (f requestForm) view(site views.Site) views.RequestForm {
	return views.RequestForm{
		Cause: f.Cause, Causes: requestCauses, NIP: f.NIP, Name: f.Name, Unit: f.Unit, Phone: f.Phone, Problem: f.Problem,
		Doubt: tickets.LooksSecret(f.Problem), Via: f.Via, Ways: contactWays, Hours: f.Hours, HoursList: hoursIn(site.Zone), Evidence: f.Evidence, Times: evidenceTimes,
		Counter: site.Address + ". " + site.Hours + ".",
	}
}
