package views

// Gate is what stands before a form that costs mail or staff time: a picture
// of digits, a proof of work that replaces it where scripts run, and a slow
// lane that asks nothing.
type Gate struct {
	CaptchaID string // "" when too many pictures were asked for; the other ways stay
	Pow       Pow
}

func (g Gate) image() string { return "/gerbang/" + g.CaptchaID + ".png" }
