package app

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"pulih/tickets"
	"pulih/views"
)

const evidencePath = settingsPath + "/bukti"

var levelNames = map[tickets.Level]string{
	tickets.L1: "Jarak jauh, masih ada kata sandi atau perangkat", tickets.L2: "Jarak jauh, tanpa kata sandi dan perangkat", tickets.L3: "Di loket",
}

// evidenceTick is one yes or no of a set.
type evidenceTick struct {
	key, label, within string // within a sentence
	of                 func(*tickets.EvidenceSet) *bool
	remote             bool // not asked at the counter
}

var evidenceTicks = []evidenceTick{
	{"kartu", "KTP atau Karpeg", "KTP atau Karpeg", func(s *tickets.EvidenceSet) *bool { return &s.Card }, false},
	{"sk", "SK pengangkatan", "SK pengangkatan", func(s *tickets.EvidenceSet) *bool { return &s.Decree }, false},
	{"faktor", "Kata sandi, kode cadangan, atau perangkat lain", "kata sandi, kode cadangan, atau perangkat lain", func(s *tickets.EvidenceSet) *bool { return &s.Factor }, true},
	{"telepon", "Telepon balik ke nomor terdaftar", "telepon balik ke nomor terdaftar", func(s *tickets.EvidenceSet) *bool { return &s.Callback }, true},
}

// evidence shows what the checks of the agency want.
func (a *App) evidence(c echo.Context) error {
	s, err := a.Desk.SettingNow(c.Request().Context(), a.by(c), tickets.EvidenceSetting)
	if err != nil {
		return err
	}
	sets, err := s.EvidenceSets()
	if err != nil {
		return err
	}
	holds := "Instansi belum mengatur sendiri. Batas bawah yang berlaku."
	if s.Version > 0 {
		holds = fmt.Sprintf("Versi %d, berlaku mulai %s.", s.Version, s.From.Long(a.Zone))
	}
	return a.showEvidence(c, http.StatusOK, sets, holds)
}

func (a *App) showEvidence(c echo.Context, status int, sets tickets.EvidenceSets, holds string, wrong ...views.FieldError) error {
	waiting, err := a.waitingFor(c, tickets.EvidenceSetting)
	if err != nil {
		return err
	}
	e := views.Evidence{Holds: holds, Waiting: waiting}
	e.Did, _ = shownOnce(c, shownSetting+c.Request().URL.Path)
	for _, kind := range tickets.EvidenceKinds {
		shown := views.EvidenceKind{Title: kind.Label()}
		for _, level := range tickets.EvidenceLevels {
			set, ok := sets[tickets.EvidenceKey(kind, level)]
			if !ok {
				set = tickets.Floor(level)
			}
			shown.Levels = append(shown.Levels, evidenceLevel(kind, level, set))
		}
		e.Kinds = append(e.Kinds, shown)
	}
	return a.render(c, status, views.EvidencePage(a.settingPage(c, "Paket bukti", evidencePath, wrong), e))
}

func evidenceLevel(kind tickets.Kind, level tickets.Level, set tickets.EvidenceSet) views.EvidenceLevel {
	shown := views.EvidenceLevel{Title: levelNames[level], Floor: "Batas bawah: " + setText(tickets.Floor(level), level) + ".",
		Documents: views.Field{Name: evidenceField(kind, level, "dokumen"), Label: "Dokumen berbeda", Value: strconv.Itoa(set.Documents)}}
	for n := 1; n <= 4; n++ {
		shown.Options = append(shown.Options, views.Option{Value: strconv.Itoa(n), Text: strconv.Itoa(n)})
	}
	for _, tick := range evidenceTicks {
		if tick.remote && level == tickets.L3 {
			continue
		}
		f := views.Field{Name: evidenceField(kind, level, tick.key), Label: tick.label}
		if *tick.of(&set) {
			f.Value = "ya"
		}
		shown.Ticks = append(shown.Ticks, f)
	}
	return shown
}

func evidenceField(kind tickets.Kind, level tickets.Level, key string) string {
	return strings.ToLower(string(kind) + "-" + string(level) + "-" + key)
}

// setText is a set in words.
func setText(s tickets.EvidenceSet, level tickets.Level) string {
	where := " dokumen"
	if level == tickets.L3 {
		where = " dokumen asli, dilihat di loket"
	}
	words := []string{strconv.Itoa(s.Documents) + where}
	for _, tick := range evidenceTicks {
		if *tick.of(&s) {
			words = append(words, tick.within)
		}
	}
	return strings.Join(words, ", ")
}

// setEvidence proposes what the form says; only more than the floor.
func (a *App) setEvidence(c echo.Context) error {
	posted, err := postedForm(c)
	if err != nil {
		return err
	}
	sets, err := evidenceSets(posted)
	if err != nil {
		return err
	}
	err = a.Desk.SetEvidence(c.Request().Context(), a.by(c), sets)
	if wrong := settingWrong(err); len(wrong) > 0 {
		return a.showEvidence(c, http.StatusUnprocessableEntity, sets, "Belum disimpan.", wrong...)
	}
	if err != nil {
		return err
	}
	return done(c, evidencePath, didPropose)
}

func evidenceSets(posted url.Values) (tickets.EvidenceSets, error) {
	sets := tickets.EvidenceSets{}
	for _, kind := range tickets.EvidenceKinds {
		for _, level := range tickets.EvidenceLevels {
			set, err := evidenceSet(posted, kind, level)
			if err != nil {
				return nil, err
			}
			sets[tickets.EvidenceKey(kind, level)] = set
		}
	}
	return sets, nil
}

func evidenceSet(posted url.Values, kind tickets.Kind, level tickets.Level) (s tickets.EvidenceSet, err error) {
	number, err := single(posted[evidenceField(kind, level, "dokumen")], true)
	if err != nil {
		return s, err
	}
	s.Documents, _ = strconv.Atoi(number) // none is fewer than the floor
	for _, tick := range evidenceTicks {
		word, err := single(posted[evidenceField(kind, level, tick.key)], true)
		if err != nil {
			return s, err
		}
		*tick.of(&s) = word == "ya"
	}
	return s, nil
}

// settingRows are how the value of a setting is shown in a proposal.
func (a *App) settingRows(name tickets.SettingName, value string) ([]views.Row, error) {
	s := tickets.Setting{Name: name, Value: value}
	switch name {
	case tickets.CalendarSetting:
		f, err := s.CalendarForm()
		return calendarRows(f), err
	case tickets.NetworkSetting:
		list, err := s.Networks()
		return networkRows(list), err
	}
	sets, err := s.EvidenceSets()
	return evidenceRows(sets), err
}

func evidenceRows(sets tickets.EvidenceSets) (rows []views.Row) {
	for _, kind := range tickets.EvidenceKinds {
		for _, level := range tickets.EvidenceLevels {
			if set, ok := sets[tickets.EvidenceKey(kind, level)]; ok {
				rows = append(rows, views.Row{Key: kind.Label() + ", " + strings.ToLower(levelNames[level]), Value: setText(set, level)})
			}
		}
	}
	return rows
}
