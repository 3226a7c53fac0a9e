package views_test

import (
	"testing"

	"pulih/views"
)

func TestTheSurveyLooksAsItDid(t *testing.T) {
	page := views.Page{Title: "Bagaimana layanan kami?", Path: "/tiket", Site: testSite}
	golden(t, "survey", views.StatusSurvey(page, views.Survey{Number: "PUL-7K3M-9QXD", Questions: views.SurveyQuestions[:2]}))
}
