package accounts

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

func columnNames(fields []FieldChange) string {
	var names []string
	for _, f := range fields {
		names = append(names, string(f.Column))
	}
	return strings.Join(names, ", ")
}

func (p Plan) first(agency string) bool {
	return slices.ContainsFunc(p.Agencies, func(a AgencyPlan) bool { return a.First && a.Name == agency })
}

func (p Plan) summary(digest string) map[string]string {
	detail := map[string]string{"file": digest}
	for _, kind := range kindOrder {
		detail[string(kind)] = strconv.Itoa(p.Count(kind))
	}
	for _, b := range p.Brakes {
		detail["brake."+string(b.Name)] = strconv.Itoa(b.Count)
	}
	return detail
}

// letter is what supervisors read: the command line changes nothing unseen
// (impostor 17).
func (p Plan) letter() string {
	var agencies []string
	for _, a := range p.Agencies {
		agencies = append(agencies, a.Name)
	}
	text := fmt.Sprintf("Data pegawai %s diimpor dari baris perintah.\n%s", strings.Join(agencies, ", "), p.Totals())
	for _, b := range p.Brakes {
		text += "\nRem dilepas: " + b.Why
	}
	return text + "\nJika Anda tidak tahu tentang impor ini, hubungi admin sekarang."
}
