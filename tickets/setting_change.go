package tickets

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
)

// Errors of settings.
var (
	// ErrNetworks says that a text is no list of networks, or holds everybody.
	ErrNetworks = errors.New("tickets: counter networks")
	// ErrTargets says that a target is no working time between a quarter of
	// an hour and sixty days.
	ErrTargets = errors.New("tickets: targets")
)

// evidenceRest is how long a confirmed set of evidence waits before it holds,
// so that a bad one is seen in time (impostor 8).
const evidenceRest = 24 * time.Hour

// The bounds of a target.
const (
	leastTarget = 15
	mostTarget  = 60 * 450 // sixty days of 7.5 hours
)

// mostNetworks is more than an agency has counters.
const mostNetworks = 30

// SetCalendar proposes a calendar; it decides waits and counter hours, so a
// second person confirms it. *CalendarMistake, and the refusals of
// accounts.Propose.
func (d *Desk) SetCalendar(ctx context.Context, by By, f CalendarForm) error {
	f, err := f.tidy()
	if err != nil {
		return err
	}
	_, err = d.change(ctx, by, CalendarSetting, f, never)
	return err
}

// SetEvidence proposes what evidence the checks of an agency want; only more
// than the floor. ErrEvidenceSet, and the refusals of accounts.Propose.
func (d *Desk) SetEvidence(ctx context.Context, by By, sets EvidenceSets) error {
	if err := sets.check(); err != nil {
		return err
	}
	_, err := d.change(ctx, by, EvidenceSetting, sets, never)
	return err
}

// SetTargets sets the targets of an agency at once: they protect nothing.
// ErrTargets, accounts.ErrProposalRole.
func (d *Desk) SetTargets(ctx context.Context, by By, t Targets) error {
	if err := t.check(); err != nil {
		return err
	}
	_, err := d.change(ctx, by, TargetSetting, t, func(string) bool { return true })
	return err
}

// check refuses what no form offers. ErrTargets.
func (t Targets) check() error {
	for kind, minutes := range t {
		if !slices.Contains(TargetKinds, kind) || minutes < leastTarget || minutes > mostTarget {
			return ErrTargets
		}
	}
	return nil
}

// TargetKinds are the kinds that have a target, in the order of the form.
var TargetKinds = []Kind{MFA, Email, Lock, Activation, Fraud, Other}

// SetNetworks says from which networks counter work is done (impostor 6): a
// part of those that hold at once, others when a second person has confirmed
// them. now tells which. ErrNetworks, and the refusals of accounts.Propose.
func (d *Desk) SetNetworks(ctx context.Context, by By, text string) (now bool, err error) {
	list, err := readNetworks(strings.Fields(text))
	if err != nil {
		return false, err
	}
	return d.change(ctx, by, NetworkSetting, list, func(old string) bool {
		var had []string
		return old != "" && json.Unmarshal([]byte(old), &had) == nil &&
			!slices.ContainsFunc(list, func(n string) bool { return !slices.Contains(had, n) })
	})
}

func readNetworks(words []string) (list []string, err error) {
	for _, word := range words {
		p, err := netip.ParsePrefix(word)
		if addr, bare := netip.ParseAddr(word); bare == nil {
			p, err = addr.Prefix(addr.BitLen())
		}
		if err != nil || p.Bits() < 8 {
			return nil, fmt.Errorf("%w: %q", ErrNetworks, word)
		}
		if text := p.Masked().String(); !slices.Contains(list, text) {
			list = append(list, text)
		}
	}
	if len(list) > mostNetworks {
		return nil, fmt.Errorf("%w: more than %d", ErrNetworks, mostNetworks)
	}
	return list, nil
}

// Networks are an agency's counter networks; set is false while it has set
// none itself, and the installation's hold.
func (d *Desk) Networks(ctx context.Context, agency string) (list []netip.Prefix, set bool, err error) {
	var words []string
	err = d.db.ReadOne(ctx, func(tx *db.Tx) error {
		s, err := d.setting(ctx, tx, agency, NetworkSetting, tx.Now)
		if set = s.Version > 0; err != nil || !set {
			return err
		}
		return json.Unmarshal([]byte(s.Value), &words)
	})
	for _, word := range words {
		p, bad := netip.ParsePrefix(word)
		err = errors.Join(err, bad)
		list = append(list, p)
	}
	return list, set, err
}

func never(string) bool { return false }

// change sets something of the officer's agency: at once when the present
// value allows it, else as a proposal. now tells which.
func (d *Desk) change(ctx context.Context, by By, name SettingName, value any, atOnce func(old string) bool) (now bool, err error) {
	text, err := json.Marshal(value)
	if err != nil {
		return false, err
	}
	return now, d.write(ctx, func(tx *db.Tx) error {
		if !by.Staff.Has(accounts.Admin) {
			return accounts.ErrProposalRole
		}
		old, err := d.latest(ctx, tx, by.Staff.Agency, name)
		if err != nil {
			return err
		}
		if now = atOnce(old.Value); now {
			s := old.next(string(text), tx.Now)
			s.By, s.ByName = by.Staff.ID, by.Staff.Name
			return d.put(ctx, tx, s, by)
		}
		_, err = d.accounts.Propose(ctx, tx, by.officer(), accounts.Proposal{Kind: accounts.ProposalKind(name),
			Value: string(text), Standing: strconv.FormatInt(old.Version, 10)})
		return err
	})
}

func (b By) officer() accounts.Officer {
	return accounts.Officer{Staff: b.Staff, Browser: b.Browser, Actor: b.step("").actor}
}

// latest is the newest version of a setting, whether or not it holds yet.
func (d *Desk) latest(ctx context.Context, tx *db.Tx, agency string, name SettingName) (Setting, error) {
	s, err := scanSetting(tx.Row(ctx, selectLatest, agency, name))
	if errors.Is(err, db.ErrNotFound) {
		return Setting{Agency: agency, Name: name}, nil
	}
	return s, err
}

// next is the version after s.
func (s Setting) next(value string, now db.Time) Setting {
	n := Setting{Agency: s.Agency, Name: s.Name, Version: s.Version + 1, Value: value, From: now, MadeAt: now}
	if s.Name == EvidenceSetting {
		n.From = now.Add(evidenceRest)
	}
	return n
}

// put writes a version and tells of it. db.ErrConflict where another has the
// number already.
func (d *Desk) put(ctx context.Context, tx *db.Tx, s Setting, by By) error {
	_, err := tx.Exec(ctx, insertSetting, s.Agency, s.Name, s.Version, s.Value, s.From, s.MadeAt, s.By, s.ByName, s.Second, s.SecondName)
	if err != nil {
		return err
	}
	tx.Changed("settings")
	err = audit.Append(ctx, tx, audit.Event{Actor: by.step("").actor, Action: audit.SettingChanged, Object: s.Agency + "|" + string(s.Name),
		Detail: map[string]string{"name": string(s.Name), "version": strconv.FormatInt(s.Version, 10), "value": s.Value, "second": s.Second}})
	if err != nil || s.Second == "" {
		return err
	}
	text := fmt.Sprintf("Pengaturan %s (%s) berubah, berlaku mulai %s.\nDiusulkan %s, dikonfirmasi %s.\nJika Anda tidak tahu tentang ini, hubungi admin sekarang.",
		s.Name.Label(), s.Agency, s.From.Long(d.zone), s.ByName, s.SecondName)
	return d.accounts.TellSupervisorsOf(ctx, tx, s.Agency, "Pengaturan berubah", text)
}

var settingLabels = map[SettingName]string{CalendarSetting: "kalender kerja", TargetSetting: "target waktu",
	NetworkSetting: "jaringan loket", EvidenceSetting: "paket bukti"}

// Label names a setting on screen.
func (n SettingName) Label() string { return settingLabels[n] }
