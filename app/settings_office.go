package app

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"pulih/tickets"
	"pulih/views"
)

const (
	targetsPath  = settingsPath + "/target"
	networksPath = settingsPath + "/loket"
)

// settingPage is a page of the settings.
func (a *App) settingPage(c echo.Context, title, path string, wrong []views.FieldError) views.Page {
	p := a.page(c, title)
	p.Back, p.Path, p.Errors = settingsPath, path, wrong
	return p
}

// targets shows the targets in hours of work.
func (a *App) targets(c echo.Context) error {
	s, err := a.Desk.SettingNow(c.Request().Context(), a.by(c), tickets.TargetSetting)
	if err != nil {
		return err
	}
	set, err := s.Targets()
	if err != nil {
		return err
	}
	typed := map[tickets.Kind]string{}
	for kind, minutes := range set {
		typed[kind] = workText(minutes.Duration())
	}
	return a.showTargets(c, http.StatusOK, typed)
}

func (a *App) showTargets(c echo.Context, status int, typed map[tickets.Kind]string, wrong ...views.FieldError) error {
	t := views.Targets{}
	t.Did, _ = shownOnce(c, shownSetting+c.Request().URL.Path)
	for _, kind := range tickets.TargetKinds {
		t.Kinds = append(t.Kinds, views.Field{Name: targetField(kind), Label: kind.Label(), Value: typed[kind], Width: "half", Optional: true,
			Hint: "Misalnya 7 jam 30 mnt. Kosong berarti bawaan: " + workText(a.Desk.DefaultTarget()) + ".", Autocomplete: "off", Max: 20})
	}
	return a.render(c, status, views.TargetsPage(a.settingPage(c, "Target waktu", targetsPath, wrong), t))
}

func targetField(kind tickets.Kind) string { return "target-" + string(kind) }

// setTargets sets them at once: a target protects nothing.
func (a *App) setTargets(c echo.Context) error {
	posted, err := postedForm(c)
	if err != nil {
		return err
	}
	var wrong mistakes
	typed, set := map[tickets.Kind]string{}, tickets.Targets{}
	for _, kind := range tickets.TargetKinds {
		if typed[kind], err = single(posted[targetField(kind)], false); err != nil {
			return err // an empty field is sent too: a body without it is none of ours
		}
		if typed[kind] = strings.TrimSpace(typed[kind]); typed[kind] == "" {
			continue
		}
		minutes, ok := readWork(typed[kind])
		wrong.when(!ok, targetField(kind), "Tulis jam kerja seperti 7 jam 30 mnt, dari 15 menit sampai 450 jam.")
		set[kind] = tickets.Minutes(minutes)
	}
	if len(wrong) == 0 {
		err = a.Desk.SetTargets(c.Request().Context(), a.by(c), set)
		wrong.when(errors.Is(err, tickets.ErrTargets), "", "Target paling sedikit 15 menit dan paling lama 450 jam kerja.")
	}
	if len(wrong) > 0 {
		return a.showTargets(c, http.StatusUnprocessableEntity, typed, wrong...)
	}
	if err != nil {
		return err
	}
	return done(c, targetsPath, "Target disimpan. Berlaku untuk permohonan baru.")
}

// readWork reads what workText writes: "7 jam 30 mnt", and "7 j", "45 menit", "7,5 j".
func readWork(text string) (minutes int, ok bool) {
	words := strings.Fields(strings.ToLower(strings.NewReplacer("jam", "j", "menit", "m", "mnt", "m", ",", ".").Replace(text)))
	if len(words) != 2 && len(words) != 4 {
		return 0, false
	}
	for i := 0; i < len(words); i += 2 {
		n, err := strconv.ParseFloat(words[i], 64)
		unit := map[string]float64{"j": 60, "m": 1}[words[i+1]]
		if err != nil || unit == 0 || n < 0 || n > 9999 {
			return 0, false
		}
		minutes += int(n * unit)
	}
	return minutes, minutes >= 15 && minutes <= 450*60
}

// counterNetworks shows from where counter work is done.
func (a *App) counterNetworks(c echo.Context) error {
	list, set, err := a.Desk.Networks(c.Request().Context(), a.staff(c).Agency)
	if err != nil {
		return err
	}
	if !set {
		list = a.CounterNetworks
	}
	words := make([]string, len(list))
	for i, network := range list {
		words[i] = network.String()
	}
	return a.showNetworks(c, http.StatusOK, strings.Join(words, "\n"), !set)
}

func (a *App) showNetworks(c echo.Context, status int, text string, isDefault bool, wrong ...views.FieldError) error {
	waiting, err := a.waitingFor(c, tickets.NetworkSetting)
	if err != nil {
		return err
	}
	n := views.Networks{Text: text, Default: isDefault, Here: c.RealIP(), Waiting: waiting}
	n.Did, _ = shownOnce(c, shownSetting+c.Request().URL.Path)
	return a.render(c, status, views.NetworksPage(a.settingPage(c, "Jaringan loket", networksPath, wrong), n))
}

func (a *App) setNetworks(c echo.Context) error {
	var f struct {
		Text string `form:"jaringan"`
	}
	if err := bind(c, &f); err != nil {
		return err
	}
	now, err := a.Desk.SetNetworks(c.Request().Context(), a.by(c), f.Text)
	wrong := settingWrong(err)
	if errors.Is(err, tickets.ErrNetworks) {
		wrong = append(wrong, views.FieldError{Field: "jaringan", Text: "Tulis jaringan seperti 10.1.2.0/24, paling banyak 30."})
	}
	if len(wrong) > 0 {
		return a.showNetworks(c, http.StatusUnprocessableEntity, f.Text, false, wrong...)
	}
	if err != nil {
		return err
	}
	return done(c, networksPath, proposedOr(now, "Jaringan loket berkurang dan langsung berlaku."))
}

// networkRows are how a list of networks is shown in a proposal.
func networkRows(list []string) []views.Row {
	if len(list) == 0 {
		list = []string{"Tidak ada: pekerjaan loket ditolak di mana pun"}
	}
	return []views.Row{{Key: "Jaringan", Value: strings.Join(slices.Clone(list), "; ")}}
}
