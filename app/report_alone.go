package app

import (
	"context"
	"errors"
	"time"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/db"
	"pulih/guide"
	"pulih/mail"
	"pulih/tickets"
	"pulih/views"
)

// aloneSections tell what people solved without a request. Walks, clocks and
// relays are about nobody, so they are the installation's: only a supervisor
// of its own agency sees them, and mailed codes are his agency's people's.
// None of it can be told by unit, so whoever is bound to some sees nothing.
func (a *App) aloneSections(c echo.Context, q asked) ([]views.ReportSection, error) {
	by := a.staff(c)
	if len(by.Units) > 0 {
		return nil, nil
	}
	now, err := a.solvedAlone(c.Request().Context(), by.Agency, q.days)
	if err != nil {
		return nil, err
	}
	before, err := a.solvedAlone(c.Request().Context(), by.Agency, q.days.before())
	if err != nil {
		return nil, err
	}
	if by.Agency != a.Site.Agency {
		return unnarrowed(q, codeSection(now, before)), nil
	}
	codes := codeSection(now, before)
	codes.Tables, codes.Notes = append(codes.Tables, delayTable(now.delays, before.delays)), append(codes.Notes, delayNotes...)
	return unnarrowed(q, walkSection(now, before), codes, causeSection(now, before)), nil
}

// unnarrowed says of each part that no filter narrows it, where there is one.
func unnarrowed(q asked, all ...views.ReportSection) []views.ReportSection {
	for i := range all {
		if q.filter != (tickets.ReportFilter{}) {
			all[i].Notes = append([]string{"Saringan tidak berlaku di bagian ini."}, all[i].Notes...)
		}
	}
	return all
}

// aloneFigures are the counts of one period.
type aloneFigures struct {
	walks  guide.SelfService
	drifts guide.Drifts
	codes  map[accounts.CodeStage]int
	delays []mail.DomainDelay
	zone   db.Zone
}

func (a *App) solvedAlone(ctx context.Context, agency string, d days) (f aloneFigures, err error) {
	p := d.of(a.Zone)
	walks, walkErr := a.Guide.SelfService(ctx, p.From, p.Until)
	drifts, driftErr := a.Guide.Drift(ctx, p.From, p.Until)
	codes, codeErr := a.Accounts.CodeFunnel(ctx, agency, p.From, p.Until)
	delays, delayErr := a.Outbox.Delays(ctx, p.From, p.Until)
	return aloneFigures{walks, drifts, codes, delays, a.Zone}, errors.Join(walkErr, driftErr, codeErr, delayErr)
}

// of is the same dates in another zone: what is counted by the day is counted
// by the installation's, whatever the agency's zone is.
func (d days) of(z db.Zone) tickets.Period {
	midnight := func(t time.Time) db.Time {
		return db.At(time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, z.Location))
	}
	return tickets.Period{From: midnight(d.First), Until: midnight(d.Last.AddDate(0, 0, 1))}
}

func walkSection(now, before aloneFigures) views.ReportSection {
	figure := func(label string, e guide.Ending) views.Figure {
		f := shareFigure(label, "penelusuran", share{now.walks.Walks[e], now.walks.Walks.Decided()},
			share{before.walks.Walks[e], before.walks.Walks.Decided()})
		f.Sheet = walkSheet(now.zone, e)
		return f
	}
	return views.ReportSection{
		ID: "mandiri", Title: "Selesai tanpa permohonan", Lead: "Yang mencari jalan keluar di halaman bantuan.",
		Figures: []views.Figure{figure("Selesai sendiri", guide.Deflected), figure("Tanpa permohonan, hasil tidak diketahui", guide.Contained),
			figure("Berakhir dengan permohonan", guide.Filed)},
		Notes: []string{installationNote, "“Selesai sendiri” dan “hasil tidak diketahui” tidak dijumlahkan.", pendingNote(now.walks.Pending)},
	}
}

func codeSection(now, before aloneFigures) views.ReportSection {
	finished := shareFigure("Sampai kata sandi baru", "permintaan", share{now.codes[accounts.CodeFinished], now.codes[accounts.CodeAsked]},
		share{before.codes[accounts.CodeFinished], before.codes[accounts.CodeAsked]})
	finished.Sheet = codeSheet(now.zone)
	s := views.ReportSection{
		ID: "kode-email", Title: "Kode lewat email", Lead: "Yang lupa kata sandi dan meminta kode ke email terdaftar.",
		Figures: []views.Figure{finished}, Notes: codeNotes,
	}
	if now.codes[accounts.CodeAsked] >= smallest {
		s.Pictures = append(s.Pictures, views.FunnelChart(funnelChart(now.codes)))
	}
	return s
}

func causeSection(now, before aloneFigures) views.ReportSection {
	s := views.ReportSection{
		ID: "sebab-otp", Title: "Mengapa kode OTP ditolak", Lead: "Dari penelusuran tentang kode OTP dan dari cek jam.",
		Figures: driftFigures(now, before), Notes: causeNotes,
	}
	if total(now.walks.Causes) >= smallest {
		s.Pictures = append(s.Pictures, views.RowChart(causeChart(now.walks.Causes, before.walks.Causes)))
	}
	if now.drifts.N >= smallest {
		s.Pictures = append(s.Pictures, views.Histogram(driftChart(now.drifts)))
	}
	return s
}

func total[K comparable](counts map[K]int) (n int) {
	for _, c := range counts {
		n += c
	}
	return n
}
