package views

// lines are the parts of a definition that say something, in the order they
// are read.
func (s Sheet) lines() []Row {
	var lines []Row
	for _, r := range []Row{
		{Key: "Yang dihitung", Value: s.Set}, {Key: "Jam yang dipakai", Value: s.Clock},
		{Key: "Mulai", Value: s.Start}, {Key: "Selesai", Value: s.End}, {Key: "Kalender", Value: s.Calendar},
	} {
		if r.Value != "" {
			lines = append(lines, r)
		}
	}
	return lines
}
