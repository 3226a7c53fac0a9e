package app

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

var metricName = regexp.MustCompile(`\b(?:pulih|process|go)_[a-z_]+\b`)

// served are the names that /metrics has, with what Prometheus adds to a
// histogram's.
func (x *test) served() map[string]bool {
	x.lawBusy()
	x.waits("reset.code")
	names := map[string]bool{}
	for sample := range x.metricValues() {
		name, _, _ := strings.Cut(sample, "{")
		names[name] = true
	}
	return names
}

func namesExist(t *testing.T, names map[string]bool, where, text string) (used int) {
	t.Helper()
	for _, name := range metricName.FindAllString(text, -1) {
		if used++; !names[name] {
			t.Errorf("%s names %s, which /metrics does not serve", where, name)
		}
	}
	return used
}

func TestTheDashboardKnowsOurMetrics(t *testing.T) {
	var board struct {
		Title  string
		Panels []struct {
			Title   string
			Targets []struct{ Expr string }
			GridPos struct{ X, Y, W, H int }
		}
	}
	if err := json.Unmarshal(must(os.ReadFile("../ops/pulih-dashboard.json"))(t), &board); err != nil {
		t.Fatal(err)
	}
	names, used := newTest(t).served(), 0
	for _, p := range board.Panels {
		for _, target := range p.Targets {
			used += namesExist(t, names, p.Title, target.Expr)
		}
		if p.GridPos.X+p.GridPos.W > 24 || p.GridPos.W == 0 {
			t.Errorf("%s stands outside of the page: %+v", p.Title, p.GridPos)
		}
	}
	if used < 30 {
		t.Errorf("the dashboard names %d metrics", used)
	}
}

// alert is a rule as Prometheus reads it, and what ours must say.
type alert struct {
	Alert, Expr, For string
	Labels           struct{ Severity string }
	Annotations      struct{ Summary, Reason, Do string }
}

func TestEveryAlertHasItsReason(t *testing.T) {
	var rules struct {
		Groups []struct {
			Name  string
			Rules []alert
		}
	}
	if err := yaml.NewDecoder(bytes.NewReader(must(os.ReadFile("../ops/pulih-alerts.yml"))(t)), yaml.Strict()).Decode(&rules); err != nil {
		t.Fatal(err)
	}
	names, seen := newTest(t).served(), map[string]bool{}
	for _, g := range rules.Groups {
		for _, r := range g.Rules {
			namesExist(t, names, r.Alert, r.Expr)
			if seen[r.Alert] || r.For == "" || r.Annotations.Summary == "" || r.Annotations.Reason == "" || r.Annotations.Do == "" {
				t.Errorf("%s is not whole, or twice: %+v", r.Alert, r)
			}
			if seen[r.Alert] = true; !slices.Contains([]string{"page", "ticket"}, r.Labels.Severity) {
				t.Errorf("%s: severity %q", r.Alert, r.Labels.Severity)
			}
		}
	}
	if len(seen) < 20 {
		t.Errorf("alerts: %v", slices.Collect(maps.Keys(seen)))
	}
}

// What writes or reads as Pulih's user holds the same walls.
func TestUnitsAreWalledAlike(t *testing.T) {
	walls := func(unit string) string {
		text := string(must(os.ReadFile("../ops/" + unit))(t))
		_, rest, _ := strings.Cut(text, "CapabilityBoundingSet=")
		walls, _, _ := strings.Cut(rest, "SystemCallErrorNumber=EPERM")
		return walls
	}
	want := walls("pulih.service")
	for _, wall := range []string{"NoNewPrivileges=yes", "ProtectSystem=strict", "MemoryDenyWriteExecute=yes", "SystemCallFilter=@system-service", "RestrictAddressFamilies=", "PrivateUsers=yes"} {
		if !strings.Contains(want, wall) {
			t.Errorf("pulih.service lacks %s", wall)
		}
	}
	for _, unit := range []string{"pulih-check.service", "pulih-backup.service"} {
		if walls(unit) != want {
			t.Errorf("%s has other walls", unit)
		}
	}
}
