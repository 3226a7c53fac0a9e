package tickets

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"pulih/db"
)

// SettingName names something an agency sets for itself.
type SettingName string

// The settings.
const (
	CalendarSetting SettingName = "kalender"
	TargetSetting   SettingName = "target"
	NetworkSetting  SettingName = "loket"
	EvidenceSetting SettingName = "bukti"
)

// Setting is one version of a setting. Versions count up from 1 and stay, so
// that what was computed by one can be computed again; 0 is the
// installation's own. It holds from From on.
type Setting struct {
	Agency     string
	Name       SettingName
	Version    int64
	Value      string // JSON
	From       db.Time
	MadeAt     db.Time
	By         string // staff id
	ByName     string
	Second     string // who confirmed it, "" where one was enough
	SecondName string
}

// setting is what holds for an agency at a moment; Version 0 where it has
// set nothing.
func (d *Desk) setting(ctx context.Context, tx *db.Tx, agency string, name SettingName, at db.Time) (Setting, error) {
	s, err := scanSetting(tx.Row(ctx, selectSetting, agency, name, at))
	if errors.Is(err, db.ErrNotFound) {
		return Setting{Agency: agency, Name: name}, nil
	}
	return s, err
}

// dated is a calendar and the version that it is.
type dated struct {
	Calendar
	version int64
}

// calendarOf is the calendar of an agency: its own, or the installation's.
func (d *Desk) calendarOf(ctx context.Context, tx *db.Tx, agency string) (dated, error) {
	s, err := d.setting(ctx, tx, agency, CalendarSetting, tx.Now)
	if err != nil || s.Version == 0 {
		return dated{d.calendar, 0}, err
	}
	c, err := readCalendar(s.Value)
	if err != nil {
		return dated{}, fmt.Errorf("tickets: calendar %d of %s: %w", s.Version, agency, err)
	}
	return dated{c, s.Version}, nil
}

// ZoneOf is the zone of an agency's calendar, in which its staff read days and
// hours.
func (d *Desk) ZoneOf(ctx context.Context, by By) (z db.Zone, err error) {
	err = d.db.ReadOne(ctx, func(tx *db.Tx) error {
		c, err := d.calendarOf(ctx, tx, by.Staff.Agency)
		z = zoneOf(c.Calendar, d.zone)
		return err
	})
	return z, err
}

// calendarVersion is a calendar that an agency had.
func (d *Desk) calendarVersion(ctx context.Context, tx *db.Tx, agency string, version int64) (dated, error) {
	if version <= 0 {
		return dated{d.calendar, 0}, nil
	}
	s, err := scanSetting(tx.Row(ctx, selectVersion, agency, CalendarSetting, version))
	if err != nil {
		return dated{}, err
	}
	c, err := readCalendar(s.Value)
	return dated{c, version}, err
}

// OfficeOpen tells whether an agency works now, so that a page offers no
// counter work that would be refused (impostor 6).
func (d *Desk) OfficeOpen(ctx context.Context, agency string) (open bool, err error) {
	err = d.db.ReadOne(ctx, func(tx *db.Tx) error {
		c, err := d.calendarOf(ctx, tx, agency)
		open = c.Open(tx.Now)
		return err
	})
	return open, err
}

// Targets are the working time that an agency allows itself for a kind of
// ticket, from filing to the end. A kind that is missing has the
// installation's.
type Targets map[Kind]Minutes

// Minutes is working time.
type Minutes int64

// Duration is the minutes as working time.
func (m Minutes) Duration() time.Duration { return time.Duration(m) * time.Minute }

// DefaultTarget is the target of kinds for which an agency has set none.
func (d *Desk) DefaultTarget() time.Duration { return d.waits.TargetWork }

func (d *Desk) targetsOf(ctx context.Context, tx *db.Tx, agency string, at db.Time) (Targets, error) {
	s, err := d.setting(ctx, tx, agency, TargetSetting, at)
	if err != nil || s.Version == 0 {
		return nil, err
	}
	var t Targets
	return t, json.Unmarshal([]byte(s.Value), &t)
}
