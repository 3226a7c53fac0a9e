package app

import (
	"context"
	"errors"
	"time"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
	"pulih/mail"
	"pulih/tickets"
	"pulih/views"
)

// When a week's summary is sent: from Monday, 07.00, until Wednesday has ended,
// so that a server that was down makes up for it while it is news.
const (
	summaryHour = 7 * time.Hour
	summaryDays = 3
)

// summaryWeek is the week whose summary is due, from and until when.
type summaryWeek struct {
	days
	from, until db.Time
}

func summaryOf(now db.Time, z db.Zone) summaryWeek {
	this := thisWeek(now, z)
	return summaryWeek{this.before(), db.At(this.First.Add(summaryHour)), db.At(this.First.AddDate(0, 0, summaryDays))}
}

// name is the week as accounts knows it.
func (w summaryWeek) name() string { return w.First.Format(dateForm) }

// due tells whether somebody who began to want it at a moment gets it now: who
// begins after it was sent to others waits for the next.
func (w summaryWeek) due(now, wanted db.Time) bool {
	return now >= w.from && now < w.until && wanted < w.from
}

// sendSummary sends one summary that is due, so that codes never wait behind
// many. A supervisor whose report fails does not keep the others from theirs.
func (a *App) sendSummary(ctx context.Context) (failed error) {
	latest := summaryOf(a.DB.Now(), db.WIT).name() // Monday begins there
	waiting, err := a.Accounts.Subscribers(ctx, latest)
	if err != nil {
		return err
	}
	for _, s := range waiting {
		sent, err := a.summarise(ctx, s)
		if sent {
			return failed
		}
		failed = errors.Join(failed, err)
	}
	return failed
}

// summarise sends somebody the summary of his agency's last week, if that is
// due.
func (a *App) summarise(ctx context.Context, s accounts.Subscriber) (sent bool, err error) {
	by := tickets.By{Staff: s.Staff, Actor: audit.Actor{Kind: audit.Clock}}
	zone, err := a.Desk.ZoneOf(ctx, by)
	if err != nil {
		return false, err
	}
	week := summaryOf(a.DB.Now(), zone)
	if !week.due(a.DB.Now(), s.WantedAt) || s.SentFor >= week.name() {
		return false, nil
	}
	m, err := a.summaryMail(ctx, by, week)
	if errors.Is(err, tickets.ErrUnmeasured) {
		return false, nil // and tried again at the next tick
	}
	if err != nil {
		return false, err
	}
	return a.Accounts.SendSummary(ctx, s, week.name(), m)
}

func (a *App) summaryMail(ctx context.Context, by tickets.By, week summaryWeek) (mail.SummaryMail, error) {
	r, err := a.Desk.ReportForClock(ctx, by, week.period())
	if err != nil {
		return mail.SummaryMail{}, err
	}
	pairs, err := a.markedPairs(ctx, by, week.days)
	if err != nil {
		return mail.SummaryMail{}, err
	}
	site := a.Outbox.Site()
	return mail.SummaryMail{Agency: by.Staff.Agency, Period: week.zoned(), Scope: summaryScope(by.Staff),
		Figures: summaryFigures(append(grouped{asked: asked{days: week.days}, Report: r}.tiles(summarised...), pairs)),
		Report:  site.Link(week.address()), Switch: site.Link(summaryPath), Expires: week.until}, nil
}

// summarised are the figures of the summary, in its order.
var summarised = []tickets.Figure{tickets.Arrived, tickets.Resolved, tickets.Backlog, tickets.Missed, tickets.Kept, tickets.FullWork,
	tickets.Reopened, tickets.Declined, tickets.NotMine, tickets.WrongItems}

const markedLabel = "Pasangan yang perlu diperiksa"

// markedPairs counts the pairs that stand out on the page; mail names nobody.
func (a *App) markedPairs(ctx context.Context, by tickets.By, d days) (views.Figure, error) {
	now, err := a.marked(ctx, by, d)
	if err != nil {
		return views.Figure{}, err
	}
	before, err := a.marked(ctx, by, d.before())
	return views.Figure{Label: markedLabel, Value: views.Count(now), Before: views.Count(before)}, err
}

func (a *App) marked(ctx context.Context, by tickets.By, d days) (n int, err error) {
	pairs, err := a.Desk.Pairs(ctx, by, d.period())
	for _, p := range pairs {
		if len(p.Why) > 0 {
			n++
		}
	}
	return n, err
}

// summaryFigures are tiles of the page in the mail's form: the same words.
func summaryFigures(tiles []views.Figure) (all []mail.SummaryFigure) {
	for _, t := range tiles {
		all = append(all, mail.SummaryFigure{Label: t.Label, Value: t.Value, Note: t.Note, Before: t.Before})
	}
	return all
}

func summaryScope(s accounts.Staff) string {
	if len(s.Units) == 0 {
		return "semua unit"
	}
	return "hanya unit Anda (" + views.Count(len(s.Units)) + ")"
}
