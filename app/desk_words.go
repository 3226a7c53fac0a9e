package app

import (
	"fmt"
	"time"

	"pulih/db"
	"pulih/tickets"
	"pulih/views"
)

// stateBadges are the states as staff read them.
var stateBadges = map[tickets.State]views.Badge{
	tickets.Open:      {Tone: views.ToneInfo, Text: "Terbuka"},
	tickets.Waiting:   {Tone: views.ToneWait, Text: "Menunggu pemohon"},
	tickets.Escalated: {Tone: views.ToneWait, Text: "Di BKN"},
	tickets.Checked:   {Tone: views.ToneInfo, Text: "Perlu verifikator"},
	tickets.Approved:  {Tone: views.ToneWait, Text: "Disetujui, masa tunggu"},
	tickets.Ready:     {Tone: views.ToneInfo, Text: "Siap diterbitkan"},
	tickets.Issued:    {Tone: views.ToneWait, Text: "Kode terbit"},
	tickets.Done:      {Tone: views.ToneSuccess, Text: "Selesai"},
	tickets.Refused:   {Tone: views.ToneDanger, Text: "Ditolak"},
	tickets.Cancelled: {Tone: views.ToneNeutral, Text: "Dibatalkan"},
	tickets.Expired:   {Tone: views.ToneNeutral, Text: "Kedaluwarsa"},
	tickets.Disowned:  {Tone: views.ToneDanger, Text: "Bukan saya"},
	tickets.Merged:    {Tone: views.ToneNeutral, Text: "Digabung"},
}

var channelNames = map[tickets.Channel]string{tickets.Remote: "Jarak jauh", tickets.Counter: "Loket"}

// dueBadge says until when, or how long the ticket took. It counts down only
// near the end: before that wall-clock hours would say more than the working
// hours of the target.
func dueBadge(t tickets.Ticket, now db.Time, z db.Zone) views.Badge {
	switch left := t.DueAt.Sub(now); {
	case !t.State.Live():
		return views.Badge{Tone: views.ToneNeutral, Text: "selesai dalam " + span(t.ClosedAt.Sub(t.OpenedAt))}
	case t.State == tickets.Waiting:
		return views.Badge{Tone: views.ToneWait, Text: "jeda"}
	case t.DueAt == 0:
		return views.Badge{Tone: views.ToneNeutral, Text: "umur " + span(now.Sub(t.OpenedAt))}
	case left < 0:
		return views.Badge{Tone: views.ToneDanger, Text: "lewat " + span(-left)}
	case left < tickets.Soon:
		return views.Badge{Tone: views.ToneWarn, Text: "sisa " + span(left)}
	default:
		return views.Badge{Tone: views.ToneNeutral, Text: "batas " + t.DueAt.Brief(z)}
	}
}

// span writes a duration in at most two units: "3 hari 4 jam", "5 jam 20 mnt",
// "12 mnt".
func span(d time.Duration) string {
	minutes := int(d.Minutes())
	switch hours := minutes / 60; {
	case hours >= 24:
		return units(hours/24, "hari", hours%24, "jam")
	case hours > 0:
		return units(hours, "jam", minutes%60, "mnt")
	}
	return fmt.Sprintf("%d mnt", minutes)
}

func units(large int, one string, small int, other string) string {
	if small == 0 {
		return fmt.Sprintf("%d %s", large, one)
	}
	return fmt.Sprintf("%d %s %d %s", large, one, small, other)
}
