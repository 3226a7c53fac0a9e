package app

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"pulih/tickets"
	"pulih/views"
)

var (
	ratingSolved = []views.Option{{Value: "ya", Text: "Ya, selesai"}, {Value: "sebagian", Text: "Sebagian"}, {Value: "tidak", Text: "Belum"}}
	ratingHelped = views.Scale("Tidak terbantu", "Kurang terbantu", "Terbantu", "Sangat terbantu")
)

func (a *App) ratingForm(s tickets.Status) *views.Rating {
	if !s.CanRate {
		return nil
	}
	return &views.Rating{Solveds: ratingSolved, Helpeds: ratingHelped}
}

// rate records what the person says at the end.
func (a *App) rate(c echo.Context) error {
	r := held(c)
	var f struct {
		Solved string `form:"selesai,optional"`
		Helped string `form:"terbantu,optional"`
	}
	if err := bind(c, &f); err != nil {
		return err
	}
	var wrong mistakes
	wrong.when(optionText(ratingSolved, f.Solved) == "", "selesai", "Pilih apakah masalah Anda selesai.")
	wrong.when(optionText(ratingHelped, f.Helped) == "", "terbantu", "Pilih seberapa terbantu Anda.")
	if len(wrong) > 0 {
		return a.statusWith(c, http.StatusUnprocessableEntity, "", wrong)
	}
	helped, _ := strconv.Atoi(f.Helped) // one of ours
	err := a.Desk.Rate(c.Request().Context(), r.Number, r.Secret, tickets.Rating{Solved: f.Solved, Helped: helped}, a.actor(c))
	if err != nil {
		return a.refused(c, err)
	}
	if f.Solved != "ya" {
		return backWithNews(c, r.Number, "belum")
	}
	return backWithNews(c, r.Number, "nilai")
}

// notSolved leads on whoever says that his problem is still there.
func (a *App) notSolved(s tickets.Status) string {
	if s.CanReopen {
		return "Anda boleh membuka kembali permohonan ini di bawah."
	}
	return "Telepon " + a.Site.Phone + " atau ajukan permohonan baru."
}
