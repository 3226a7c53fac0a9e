package app

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"pulih/tickets"
	"pulih/views"
)

const (
	bulkPath    = "/petugas/antrean/massal"
	bulkWaiting = "/petugas/balasan-massal"

	// chosenPrefix begins the name of a row's box: each has a name of its own,
	// because no field of a form may come twice (RC-10).
	chosenPrefix = "pilih-"

	bulkTitle = "Balasan massal"
)

// bulk does to the chosen rows what its button says: "ambil" claims them,
// "balas" asks for the text, and "kirim" sends it.
func (a *App) bulk(c echo.Context) error {
	var f struct {
		Step string `form:"langkah"`
		Text string `form:"teks,optional"`
		View string `form:"tampilan,optional"`
		Use  string `form:"balasan,optional"`
	}
	if err := bind(c, &f); err != nil {
		return err
	}
	posted, err := postedForm(c)
	if err != nil {
		return err
	}
	chosen, err := chosenRows(posted)
	if err != nil {
		return err
	}
	if len(chosen) == 0 {
		return a.noneChosen(c, f.View)
	}
	switch f.Step {
	case "ambil":
		done, err := a.Desk.ClaimMany(c.Request().Context(), a.by(c), chosen)
		return a.bulkDone(c, done, err)
	case "kirim":
		return a.bulkSend(c, chosen, manyLines(f.Text))
	case "pakai":
		return a.bulkUse(c, chosen, f.Use, manyLines(f.Text))
	}
	return a.bulkWrite(c, http.StatusOK, chosen, "")
}

// noneChosen shows the list again, which says what to tick.
func (a *App) noneChosen(c echo.Context, view string) error {
	v, err := queueView(view, a.staff(c))
	if err != nil {
		return err
	}
	return a.showQueue(c, http.StatusUnprocessableEntity, tickets.List{View: v},
		views.FieldError{Field: "massal", Text: "Centang sedikitnya satu permohonan di daftar."})
}

// chosenRows are the numbers of the boxes that were ticked. A box is a field
// like any other: it comes once, as our pages send it. ErrForm.
func chosenRows(posted url.Values) (numbers []string, err error) {
	for name, values := range posted {
		number, ok := strings.CutPrefix(name, chosenPrefix)
		if !ok {
			continue
		}
		if ticked, err := single(values, false); err != nil || ticked != "ya" || !isText(number) {
			return nil, ErrForm
		}
		numbers = append(numbers, number)
	}
	slices.Sort(numbers)
	return numbers, nil
}

func (a *App) bulkSend(c echo.Context, chosen []string, text string) error {
	done, err := a.Desk.ReplyMany(c.Request().Context(), a.by(c), chosen, text)
	switch {
	case errors.Is(err, tickets.ErrMissing):
		return a.bulkWrite(c, http.StatusUnprocessableEntity, chosen, text, views.FieldError{Field: "teks", Text: "Tulis pesan Anda."})
	case errors.Is(err, tickets.ErrLink), errors.Is(err, tickets.ErrAsksSecret):
		return a.bulkWrite(c, http.StatusUnprocessableEntity, chosen, text, views.FieldError{Field: "teks", Text: tickets.Why(err)})
	}
	return a.bulkDone(c, done, err)
}

// bulkWrite asks for the text.
func (a *App) bulkWrite(c echo.Context, status int, chosen []string, text string, wrong ...views.FieldError) error {
	p := a.page(c, "Balas banyak permohonan")
	p.Back, p.Errors = "/petugas/antrean", wrong
	saved, err := a.savedForMany(c)
	if err != nil {
		return err
	}
	b := views.Bulk{Post: bulkPath, Prefix: chosenPrefix, Numbers: chosen, Text: text}
	for _, r := range saved {
		b.Saved = append(b.Saved, views.Option{Value: r.ID, Text: r.Title})
	}
	return a.render(c, status, views.BulkPage(p, b))
}

// bulkUse puts a saved reply where it is read again, changed and sent. Without
// one it keeps what was typed.
func (a *App) bulkUse(c echo.Context, chosen []string, id, typed string) error {
	saved, err := a.savedForMany(c)
	if err != nil {
		return err
	}
	for _, r := range saved {
		if r.ID == id {
			typed = r.Text
		}
	}
	return a.bulkWrite(c, http.StatusOK, chosen, typed)
}

// savedForMany are the saved replies that say nothing of one request alone,
// filled in.
func (a *App) savedForMany(c echo.Context) (all []tickets.SavedReply, err error) {
	by := a.by(c)
	saved, err := a.Desk.SavedReplies(c.Request().Context(), by)
	for _, r := range saved {
		if r.ForMany() {
			r.Text = r.Fill(tickets.Ticket{Agency: by.Staff.Agency}, by, tickets.Promise{Zone: a.Zone})
			all = append(all, r)
		}
	}
	return all, err
}

// bulkDone says what became of each.
func (a *App) bulkDone(c echo.Context, done tickets.BulkDone, err error) error {
	if err != nil {
		return err
	}
	b := views.BulkDone{Done: done.Done, Waits: done.Proposed, Waiting: bulkWaiting}
	for _, not := range done.Not {
		b.Not = append(b.Not, views.Row{Key: not.Number, Value: not.Why})
	}
	p := a.page(c, "Hasil")
	p.Back = "/petugas/antrean"
	return a.render(c, http.StatusOK, views.BulkDonePage(p, b))
}

// bulkReplies shows what waits for a second person.
func (a *App) bulkReplies(c echo.Context) error {
	all, err := a.Desk.BulkReplies(c.Request().Context(), a.by(c))
	if err != nil {
		return err
	}
	var items []views.BulkItem
	for _, b := range all {
		items = append(items, a.bulkItem(b))
	}
	p := a.page(c, bulkTitle)
	p.Back = "/petugas/antrean"
	return a.render(c, http.StatusOK, views.BulkWaitingPage(p, items))
}

func (a *App) bulkItem(b tickets.BulkReply) views.BulkItem {
	return views.BulkItem{Text: b.Text, People: b.People, Numbers: b.Numbers, By: b.ProposedName + ", " + b.ProposedAt.Exact(a.Zone), Href: bulkAddress(b.ID)}
}

func bulkAddress(id string) string { return bulkWaiting + "/" + url.PathEscape(id) }

// bulkReply shows one of them whole to whoever decides on it.
func (a *App) bulkReply(c echo.Context) error { return a.showBulk(c, http.StatusOK) }

func (a *App) showBulk(c echo.Context, status int, wrong ...views.FieldError) error {
	b, err := a.Desk.BulkReply(c.Request().Context(), a.by(c), c.Param("id"))
	if err != nil {
		return err
	}
	item := a.bulkItem(b)
	item.End = item.Href + "/akhir"
	if err := b.May(a.officer(c)); err != nil {
		item.WhyNot = a.sentence(err)
	} else {
		item.Confirm = item.Href + "/konfirmasi"
	}
	p := a.page(c, bulkTitle)
	p.Back, p.Path, p.Errors = bulkWaiting, item.Href, wrong
	return a.render(c, status, views.BulkItemPage(p, item))
}

// confirmBulk is the second person's word. Of whoever may not give it no code
// is spent.
func (a *App) confirmBulk(c echo.Context) error {
	var f struct {
		OTP string `form:"otp"`
	}
	if err := bind(c, &f); err != nil {
		return err
	}
	ctx, by := c.Request().Context(), a.by(c)
	b, err := a.Desk.BulkReply(ctx, by, c.Param("id"))
	if err == nil {
		err = b.May(a.officer(c))
	}
	if err == nil {
		err = a.proveNow(c, "otp", f.OTP)
	}
	var mistake fieldMistake
	if errors.As(err, &mistake) {
		return a.showBulk(c, http.StatusUnprocessableEntity, mistake.FieldError)
	}
	if err != nil {
		return err
	}
	done, err := a.Desk.ConfirmBulk(ctx, by, b.ID)
	return a.bulkDone(c, done, err)
}

func (a *App) dropBulk(c echo.Context) error {
	if err := a.Desk.DropBulk(c.Request().Context(), a.by(c), c.Param("id")); err != nil {
		return err
	}
	return seeOther(c, bulkWaiting)
}

// bulkLink leads to what waits for a second person, if anything does.
func (a *App) bulkLink(c echo.Context, by tickets.By) (views.Link, error) {
	n, err := a.Desk.BulkWaiting(c.Request().Context(), by)
	if n == 0 {
		return views.Link{}, err
	}
	return views.Link{Text: strconv.Itoa(n) + " balasan massal menunggu konfirmasi", Href: bulkWaiting}, err
}
