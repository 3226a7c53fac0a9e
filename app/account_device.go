package app

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/db"
	"pulih/views"
)

// newDevice asks for the proof before one more authenticator.
func (a *App) newDevice(c echo.Context) error { return a.newDevicePage(c)(http.StatusOK) }

func (a *App) newDevicePage(c echo.Context) show {
	return func(status int, wrong ...views.FieldError) error {
		o, err := a.Accounts.Overview(c.Request().Context(), a.person(c).Owner)
		if err != nil {
			return err
		}
		p := a.ownPage(c, "Tambah autentikator", wrong)
		return a.render(c, status, views.AccountDeviceNew(p, len(o.Devices) >= accounts.MostDevices))
	}
}

// addDevice leads to the one page for a new device.
func (a *App) addDevice(c echo.Context) error {
	var f confirmForm
	if err := bind(c, &f); err != nil {
		return err
	}
	if err := a.actLimit(c); err != nil {
		return err
	}
	s, err := a.Accounts.BeginSecondDevice(c.Request().Context(), a.confirmation(c, f), a.actor(c))
	if err != nil || !s.OK() {
		return a.acted(c, s.Acted, err, "", a.newDevicePage(c))
	}
	a.goOn(c, s.Acted)
	return a.beginEnrolling(c, s.Enrolment, s.Ends)
}

// deviceToRemove shows one authenticator of the person, and what its end
// would mean.
func (a *App) deviceToRemove(c echo.Context) error { return a.removeDevicePage(c)(http.StatusOK) }

func (a *App) removeDevicePage(c echo.Context) show {
	return func(status int, wrong ...views.FieldError) error {
		o, err := a.Accounts.Overview(c.Request().Context(), a.person(c).Owner)
		if err != nil {
			return err
		}
		device, others, err := pickDevice(o.Devices, c.Param("id"))
		if err != nil {
			return err
		}
		p := a.ownPage(c, "Hapus autentikator", wrong)
		return a.render(c, status, views.AccountDeviceRemove(p, a.accountDevice(device), others == 0))
	}
}

// pickDevice finds a device of the person by its id, and counts the others
// that work.
func pickDevice(devices []accounts.Device, id string) (picked accounts.Device, others int, err error) {
	err = db.ErrNotFound
	for _, d := range devices {
		switch {
		case d.ID == id:
			picked, err = d, nil
		case d.State == accounts.DeviceActive:
			others++
		}
	}
	return picked, others, err
}

// removeDevice ends one authenticator of the person.
func (a *App) removeDevice(c echo.Context) error {
	var f confirmForm
	if err := bind(c, &f); err != nil {
		return err
	}
	if err := a.actLimit(c); err != nil {
		return err
	}
	done, err := a.Accounts.RemoveDevice(c.Request().Context(), a.confirmation(c, f), c.Param("id"), a.actor(c))
	return a.acted(c, done, err, "Autentikator sudah dihapus.", a.removeDevicePage(c))
}
