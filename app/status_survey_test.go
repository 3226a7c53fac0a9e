package app

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"pulih/accounts"
	"pulih/tickets"
	"pulih/views"
)

// rated is a request that has ended and was rated.
func (x *test) rated(answers ...string) filed {
	x.t.Helper()
	f := x.filed(answers...)
	checker := x.officer("199105052016052009", accounts.Agent)
	must(x.Desk.Resolve(context.Background(), checker.By, f.number, x.version(checker, f.number), tickets.ByClock, ""))(x.t)
	f.follow(f.submit(f.page(""), "selesai", "ya", "terbantu", "4"))
	return f
}

func TestNineMoreQuestionsAfterTheTwo(t *testing.T) {
	x := newTest(t)
	f := x.rated()
	offer := f.page("")
	if offer.Find(`a[href="`+views.StatusPath(f.number, "survei")+`"]`).Length() != 1 {
		t.Fatal("no survey is offered: ", offer.text())
	}
	ask := f.page("survei")
	ask.mustSay(t, http.StatusOK, "Sangat mahal Cukup mahal Murah Gratis")
	ask.Find("fieldset").Each(func(i int, q *goquery.Selection) {
		if n := q.Find(`input[type="radio"]`).Length(); n != 4 || q.Find("[checked]").Length() != 0 {
			t.Errorf("question %d: %d answers", i+1, n)
		}
	})
	if n := ask.Find("fieldset").Length(); n != 9 || x.countRows(`SELECT count(*) FROM ticket_surveys`) != 0 {
		t.Errorf("%d questions; or looking records something", n)
	}
	f.submit(ask).mustSay(t, http.StatusUnprocessableEntity, "Jawab paling sedikit satu pertanyaan.")
	f.submit(ask, "syarat", "9").mustSay(t, http.StatusUnprocessableEntity, "Jawab paling sedikit satu pertanyaan.")
	f.follow(f.submit(ask, "syarat", "1", "biaya", "4")).mustSay(t, http.StatusOK, "Survei Anda sudah kami terima.")
	if n := x.countRows(`SELECT count(*) FROM ticket_surveys WHERE requirements = 1 AND cost = 4 AND product = 0 AND NOT complete`); n != 1 {
		t.Error("what was answered is not what is kept")
	}
	f.submit(ask, "syarat", "4").mustSay(t, http.StatusConflict, "Survei Anda sudah kami terima.")
	if p := f.page("survei"); p.status != http.StatusSeeOther || strings.Contains(f.page("").text(), "Isi survei") {
		t.Error("asked twice")
	}
}

// A stranger's browser opens no survey and records none, by whatever it sends.
func TestASurveyNeedsTheReceipt(t *testing.T) {
	x := newTest(t)
	f := x.rated()
	path, form := views.StatusPath(f.number, "survei"), map[string][]string{"syarat": {"1"}}
	for name, p := range map[string]page{"a look": x.browser().get(path), "a vote": x.browser().post(path, form), "a rating": x.browser().post(views.StatusPath(f.number, "penilaian"), form),
		"a vote in the address": f.get(path + "?syarat=1")} {
		if n := x.countRows(`SELECT count(*) FROM ticket_surveys`); n != 0 || name != "a vote in the address" && p.status != http.StatusSeeOther {
			t.Errorf("%s: %d, %d surveys", name, p.status, n)
		}
	}
}
