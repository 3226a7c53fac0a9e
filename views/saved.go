package views

func (s SavedReplies) heading() string {
	if s.Version != "" {
		return "Ubah balasan"
	}
	return "Tambah balasan"
}
