package app

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/db"
	"pulih/tickets"
	"pulih/views"
)

// part is one page of a request. Radios send nothing until one is chosen.
type part struct {
	key, title, task string
	fields, radios   []string
	wrong            func(requestForm, *mistakes)
}

var requestParts = []part{
	{key: "identitas", task: "Identitas", title: "Siapa Anda?", fields: []string{"nip", "nama", "unit"}, wrong: wrongIdentity},
	{key: "masalah", task: "Masalah", title: "Apa yang terjadi?", fields: []string{"masalah"}, radios: []string{"sebab", "yakin"}, wrong: wrongProblem},
	{key: "kontak", task: "Cara dihubungi", title: "Bagaimana kami menghubungi Anda?", fields: []string{"hp"}, radios: []string{"kabar", "jam"}, wrong: wrongContact},
	{key: "bukti", task: "Bukti", title: "Kapan Anda menunjukkan dokumen?", radios: []string{"bukti"}, wrong: wrongEvidence},
}

// requestCheckPath is the page that shows all answers before they are sent.
const requestCheckPath = requestPath + "/periksa"

func (p part) path() string { return requestPath + "/" + p.key }

// mistakes are what is to be corrected in a part, nil when it is done.
func (p part) mistakes(f requestForm) []views.FieldError {
	var wrong mistakes
	p.wrong(f, &wrong)
	return wrong
}

// next is where to go on after a part: the first that is not done yet, from
// the one after it on and then from the beginning, or the check.
func (f requestForm) next(after string) string {
	from := 1 + slices.IndexFunc(requestParts, func(p part) bool { return p.key == after })
	for _, p := range slices.Concat(requestParts[from:], requestParts[:from]) {
		if len(p.mistakes(f)) > 0 {
			return p.path()
		}
	}
	return requestCheckPath
}

// tasks are the parts with how they stand, and the check at the end.
func (f requestForm) tasks(draft tickets.Draft) (tasks []views.Task) {
	ready := !draft.None()
	for _, p := range requestParts {
		task := views.Task{Title: p.task, Done: len(p.mistakes(f)) == 0}
		if !draft.None() {
			task.Href = p.path()
		}
		ready = ready && task.Done
		tasks = append(tasks, task)
	}
	last := views.Task{Title: "Periksa dan kirim", Later: !ready}
	if ready {
		last.Href = requestCheckPath
	}
	return append(tasks, last)
}

// partAsk shows a part.
func (a *App) partAsk(c echo.Context) error {
	p, draft, err := a.partOf(c)
	if err != nil {
		return err
	}
	if !draft.Open() {
		return seeOther(c, requestPath)
	}
	return a.partPage(c, http.StatusOK, p, requestOf(draft.Answers), nil)
}

// partSave keeps what was typed, right or wrong, so that a line that breaks
// costs nothing; but no password that stands in the story.
func (a *App) partSave(c echo.Context) error {
	p, draft, err := a.partOf(c)
	if err != nil {
		return err
	}
	typed, err := p.read(c)
	if err != nil {
		return err
	}
	if draft.Locked {
		return seeOther(c, requestPath) // his, as soon as he types the number
	}
	f := requestOf(draft.Answers).with(typed).tidied()
	if err := a.saveDraft(c, p.only(f.kept().answers())); err != nil {
		return err
	}
	if wrong := p.mistakes(f); len(wrong) > 0 {
		return a.partPage(c, http.StatusUnprocessableEntity, p, f, wrong)
	}
	if p.key == "bukti" && f.Evidence == evidenceNow {
		return seeOther(c, requestFilesPath)
	}
	if draft, err = a.draft(c); err != nil {
		return err
	}
	return seeOther(c, requestOf(draft.Answers).next(p.key))
}

// partOf is the part of the address, and the draft that it belongs to.
func (a *App) partOf(c echo.Context) (part, tickets.Draft, error) {
	i := slices.IndexFunc(requestParts, func(p part) bool { return p.key == c.Param("bagian") })
	if i < 0 {
		return part{}, tickets.Draft{}, db.ErrNotFound
	}
	draft, err := a.draft(c)
	return requestParts[i], draft, err
}

// read takes the fields of the part, each once.
func (p part) read(c echo.Context) (map[string]string, error) {
	posted, err := postedForm(c)
	if err != nil {
		return nil, err
	}
	typed := map[string]string{}
	for _, name := range slices.Concat(p.fields, p.radios) {
		if typed[name], err = single(posted[name], slices.Contains(p.radios, name)); err != nil {
			return nil, err
		}
	}
	return typed, nil
}

// only keeps the answers of the part: another window may have changed others.
func (p part) only(answers map[string]string) map[string]string {
	own := map[string]string{}
	for _, name := range slices.Concat(p.fields, p.radios) {
		own[name] = answers[name]
	}
	return own
}

func (a *App) partPage(c echo.Context, status int, part part, f requestForm, wrong []views.FieldError) error {
	p := a.page(c, part.title)
	p.Back, p.Errors, p.Scripts = requestPath, wrong, []string{"nip.js"}
	return a.render(c, status, views.RequestPart(p, part.key, f.view(a.Site)))
}

func wrongIdentity(f requestForm, wrong *mistakes) {
	_, _, err := accounts.ParseNIP(f.NIP)
	wrong.when(err != nil, "nip", nipSentence(err))
	wrong.text("nama", "Nama lengkap", f.Name, 3, maxName)
	wrong.text("unit", "Unit kerja", f.Unit, 2, maxUnit)
}

func wrongProblem(f requestForm, wrong *mistakes) {
	wrong.when(f.cause() == "", "sebab", "Pilih apa yang terjadi.")
	wrong.text("masalah", "Cerita", f.Problem, f.leastStory(), maxStory)
	wrong.secret("masalah", f.Problem, f.Sure)
}

func wrongContact(f requestForm, wrong *mistakes) {
	wrong.when(!isOne(contactWays, f.Via), "kabar", "Pilih cara kami memberi kabar.")
	wrong.when(f.Phone == "" && f.Via != "" && f.Via != viaStatus, "hp", "Nomor HP belum diisi.")
	wrong.when(f.Phone != "" && !phoneRule.MatchString(dialled.Replace(f.Phone)), "hp", "Nomor HP berisi 8 sampai 15 angka. Contoh: 0812 3456 7890.")
	wrong.when(f.Hours != "" && !isOne(contactHours, f.Hours), "jam", "Pilih salah satu waktu.")
}

func wrongEvidence(f requestForm, wrong *mistakes) {
	wrong.when(!isOne(evidenceTimes, f.Evidence), "bukti", "Pilih kapan Anda menunjukkan dokumen.")
}

// isOne tells whether a value is one of the choices.
func isOne(options []views.Option, value string) bool {
	return slices.ContainsFunc(options, func(o views.Option) bool { return o.Value == value })
}
