package app

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/db"
	"pulih/secret"
	"pulih/tickets"
	"pulih/views"
)

// identify corrects a mistyped number. The agent learns whether the roster
// has it, and nothing of whose it is (impostor 22).
func (a *App) identify(c echo.Context) error {
	var f struct {
		NIP string `form:"nip-nip"`
	}
	return a.act(c, &f, func(ctx context.Context, on onTicket) (tickets.Ticket, error) {
		found, err := a.Desk.Identify(ctx, on.By, on.Number, on.Version, secret.NIP(f.NIP))
		var wrong *accounts.NIPError
		switch {
		case errors.As(err, &wrong):
			err = wrongField("nip-nip", ofAnother(wrong.Text))
		case errors.Is(err, tickets.ErrSame):
			err = wrongField("nip-nip", "NIP ini sudah tercatat pada permohonan.")
		case err == nil && !found:
			err = wrongField("nip-nip", "NIP ini tidak ada di daftar pegawai aktif instansi Anda.")
		}
		return tickets.Ticket{}, err
	})
}

func correctNIP(path string, _ tickets.File) []views.Control {
	return []views.Control{{Field: views.Field{
		Name: path + "-nip", Label: "NIP atau NI PPPK yang benar", Mode: "numeric", Autocomplete: "off",
	}}}
}

func (a *App) reclassify(c echo.Context) error {
	var f struct {
		Kind string `form:"jenis-jenis,optional"`
	}
	return a.act(c, &f, func(ctx context.Context, on onTicket) (tickets.Ticket, error) {
		if !slices.Contains(tickets.Filed, tickets.Kind(f.Kind)) {
			return tickets.Ticket{}, wrongField("jenis-jenis", "Pilih satu jenis.")
		}
		return a.Desk.Reclassify(ctx, on.By, on.Number, on.Version, tickets.Kind(f.Kind))
	})
}

func kinds(path string, f tickets.File) []views.Control {
	var all []views.Option
	for _, k := range tickets.Filed {
		if k != f.Kind {
			all = append(all, views.Option{Value: string(k), Text: k.Label()})
		}
	}
	return []views.Control{{Field: views.Field{Name: path + "-jenis", Label: "Jenis yang benar"}, Options: all}}
}

func (a *App) merge(c echo.Context) error {
	var f struct {
		Into string `form:"penggabungan-ke,optional"`
	}
	return a.act(c, &f, func(ctx context.Context, on onTicket) (tickets.Ticket, error) {
		if f.Into == "" {
			return tickets.Ticket{}, wrongField("penggabungan-ke", "Pilih permohonan yang berlanjut.")
		}
		return a.Desk.Merge(ctx, on.By, on.Number, on.Version, f.Into)
	})
}

func hasTwins(f tickets.File) bool { return len(f.Twins) > 0 }

func twins(path string, f tickets.File) []views.Control {
	var all []views.Option
	for _, number := range f.Twins {
		all = append(all, views.Option{Value: number, Text: number})
	}
	return []views.Control{{Field: views.Field{
		Name: path + "-ke", Label: "Permohonan yang berlanjut", Hint: "NIP dan jenisnya sama, dan masih terbuka.",
	}, Options: all}}
}

// reminded is the hour at which a reminder goes out.
const reminded = 8 * time.Hour

func (a *App) escalate(c echo.Context) error {
	var f struct {
		BKN  string `form:"eskalasi-nomor"`
		Date string `form:"eskalasi-pengingat"`
	}
	return a.act(c, &f, func(ctx context.Context, on onTicket) (tickets.Ticket, error) {
		day, err := time.ParseInLocation(time.DateOnly, f.Date, a.Zone.Location)
		switch {
		case runes(oneLine(f.BKN)) < 3:
			return tickets.Ticket{}, wrongField("eskalasi-nomor", "Ketik nomor laporan dari BKN.")
		case err != nil:
			return tickets.Ticket{}, wrongField("eskalasi-pengingat", "Isi tanggal pengingat.")
		}
		t, err := a.Desk.Escalate(ctx, on.By, on.Number, on.Version, tickets.Escalation{BKN: oneLine(f.BKN), RemindAt: db.At(day.Add(reminded))})
		if errors.Is(err, tickets.ErrRemind) {
			err = wrongField("eskalasi-pengingat", tickets.ErrRemind.Text)
		}
		return t, err
	})
}

func escalation(path string, f tickets.File) []views.Control {
	date := views.Field{Name: path + "-pengingat", Label: "Ingatkan saya tanggal", Type: "date", Hint: "Paling lama 90 hari."}
	if f.RemindAt != 0 {
		date.Value = f.RemindAt.Time().In(f.Promise.Zone.Location).Format(time.DateOnly)
	}
	return []views.Control{
		{Field: views.Field{Name: path + "-nomor", Label: "Nomor laporan di BKN", Value: f.BKN, Autocomplete: "off"}},
		{Field: date},
	}
}

func (a *App) returnFromBKN(c echo.Context) error {
	return a.saying(c, "jawaban-bkn-teks", "Tulis jawaban BKN.", (*tickets.Desk).Return)
}

func (a *App) reopen(c echo.Context) error {
	return a.saying(c, "pembukaan-teks", "Tulis alasan Anda.", (*tickets.Desk).Reopen)
}

func atBKN(f tickets.File) bool { return f.State == tickets.Escalated }

func not(is func(tickets.File) bool) func(tickets.File) bool {
	return func(f tickets.File) bool { return !is(f) }
}

// reminder says when the desk will be reminded of a request at BKN.
func (a *App) reminder(f tickets.File) string {
	if f.RemindAt == 0 {
		return "Pengingat sudah dikirim. Tanyakan perkembangannya ke BKN."
	}
	return "Pengingat dikirim " + f.RemindAt.Long(a.Zone) + "."
}
