package views

// Gate is what stands before a form that costs mail or staff time: digits to
// see or to hear, a proof of work that replaces them where scripts run, and a
// slow lane that asks nothing.
type Gate struct {
	CaptchaID string // "" when too many pictures were asked for; the other ways stay
	Pow       Pow
}

func (g Gate) image() string { return "/gerbang/" + g.CaptchaID + ".png" }
func (g Gate) voice() string { return "/gerbang/" + g.CaptchaID + ".wav" }
