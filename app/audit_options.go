package app

import (
	"maps"
	"slices"
	"strings"

	"pulih/audit"
	"pulih/views"
)

type otherActor struct {
	kind audit.Kind
	text string
}

// otherActors are those who are no staff.
var otherActors = []otherActor{
	{audit.Anonymous, "Pengunjung, belum terbukti"}, {audit.Person, "Pemilik akun"}, {audit.Console, "Konsol server"}, {audit.Clock, "Pulih sendiri"},
}

func actorOptions(names map[string]string, chosen string) []views.Option {
	all := []views.Option{{Text: "Siapa saja"}}
	for _, o := range otherActors {
		all = append(all, views.Option{Value: string(o.kind), Text: o.text, Here: chosen == string(o.kind)})
	}
	ids := slices.SortedFunc(maps.Keys(names), func(a, b string) int { return strings.Compare(names[a]+a, names[b]+b) })
	for _, id := range ids {
		all = append(all, views.Option{Value: id, Text: names[id], Here: chosen == id})
	}
	return all
}

// actionOptions are all actions, by their words; the code stands beside.
func actionOptions(chosen audit.Action) []views.Option {
	all := slices.Collect(maps.Keys(auditWords))
	for verb := range verbWords {
		all = append(all, audit.Ticket+audit.Action(verb))
	}
	slices.SortFunc(all, func(a, b audit.Action) int { return strings.Compare(actionWords(a), actionWords(b)) })
	options := []views.Option{{Text: "Apa saja"}}
	for _, action := range all {
		options = append(options, views.Option{Value: string(action), Text: actionWords(action) + " (" + string(action) + ")", Here: action == chosen})
	}
	return options
}

func resultOptions(chosen string) []views.Option {
	all := []views.Option{{Text: "Semua"}}
	for _, result := range slices.SortedFunc(maps.Keys(resultWords), func(a, b string) int { return strings.Compare(resultWords[a], resultWords[b]) }) {
		all = append(all, views.Option{Value: result, Text: resultWords[result], Here: result == chosen})
	}
	return all
}
