package tickets

import (
	"context"
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
// Each holds from when it did.
func resettle(ctx context.Context, tx *db.Tx, d *Desk, since []audit.Event) (made int, err error) {
	for _, e := range since {
		agency, _, _ := strings.Cut(e.Object, "|")
		name := SettingName(e.Detail["name"])
		if e.Action != audit.SettingChanged || settingLabels[name] == "" {
			continue
		}
		old, err := d.latest(ctx, tx, agency, name)
		if err != nil {
			return made, err
		}
		s := old.next(e.Detail["value"], e.At)
		if strconv.FormatInt(s.Version, 10) != e.Detail["version"] {
			continue // it is there already
		}
		s.By, s.ByName, s.Second = e.Actor.ID, fromLog, e.Detail["second"]
		if s.Second != "" {
			s.SecondName = fromLog
		}
		_, err = tx.Exec(ctx, insertSetting, s.Agency, s.Name, s.Version, s.Value, s.From, s.MadeAt, s.By, s.ByName, s.Second, s.SecondName)
		if err != nil {
			return made, err
		}
		tx.Changed("settings")
		made++
	}
	return made, nil
}
