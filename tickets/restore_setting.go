package tickets

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"pulih/audit"
	"pulih/db"
)

// fromLog stands for the names of those who made a setting: the log has only
// their ids.
const fromLog = "catatan audit"

// resettle makes the agency's settings again that were made after the backup:
// a stricter set of evidence, or a network taken away, protects (impostor 8).
// Each holds from when it did. What no form would have taken is named instead,
// and so is what came after it.
func (d *Desk) resettle(ctx context.Context, tx *db.Tx, since []audit.Event, done *Restored) error {
	for _, e := range since {
		if e.Action != audit.SettingChanged {
			continue
		}
		agency, _, _ := strings.Cut(e.Object, "|")
		old, err := d.latest(ctx, tx, agency, SettingName(e.Detail["name"]))
		if err != nil {
			return err
		}
		s := old.next(e.Detail["value"], e.At)
		version, err := strconv.ParseInt(e.Detail["version"], 10, 64)
		switch {
		case err == nil && version < s.Version: // it is there already
		case err != nil || version > s.Version || s.sound() != nil:
			done.Unmade = append(done.Unmade, e.Object)
		default:
			if err := s.again(ctx, tx, e); err != nil {
				return err
			}
			done.Settings++
		}
	}
	return nil
}

// again writes a setting as the log has it.
func (s Setting) again(ctx context.Context, tx *db.Tx, e audit.Event) error {
	s.By, s.ByName, s.Second = e.Actor.ID, fromLog, e.Detail["second"]
	if s.Second != "" {
		s.SecondName = fromLog
	}
	tx.Changed("settings")
	_, err := tx.Exec(ctx, insertSetting, s.Agency, s.Name, s.Version, s.Value, s.From, s.MadeAt, s.By, s.ByName, s.Second, s.SecondName)
	return err
}

// errNoSetting says that a name is none of a setting.
var errNoSetting = errors.New("tickets: no such setting")

// sound asks of a value what its form asks.
func (s Setting) sound() error {
	switch s.Name {
	case CalendarSetting:
		f, err := s.CalendarForm()
		_, bad := f.tidy()
		return errors.Join(err, bad)
	case TargetSetting:
		t, err := s.Targets()
		return errors.Join(err, t.check())
	case NetworkSetting:
		words, err := s.Networks()
		_, bad := readNetworks(words)
		return errors.Join(err, bad)
	case EvidenceSetting:
		sets, err := s.EvidenceSets()
		return errors.Join(err, sets.check())
	}
	return errNoSetting
}
