package db

// Coarse keeps the two leading digits of a size: 1.234 becomes 1.200. What is
// counted for ever is counted under such sizes, of which there are few, and
// whose middle is within 5 % of each size in it (within a half below ten).
// Whole tens, hundreds and so on are kept as they are, so that bands which
// begin there count exactly.
func Coarse(size int64) int64 { return size / coarseStep(size) * coarseStep(size) }

func coarseStep(size int64) int64 {
	step := int64(1)
	for size >= 100 || size <= -100 {
		size, step = size/10, step*10
	}
	return step
}

// Counted is how many had one Coarse size.
type Counted struct{ Size, N int64 }

// ScanCounted reads the columns size and n.
func ScanCounted(row Scanner) (c Counted, err error) {
	err = row.Scan(&c.Size, &c.N)
	return c, err
}

// Spread is the median, the mean of the two in the middle where n is even,
// and the 90th percentile by nearest rank, each within 5 %. The counts come in
// the order of their sizes, from zero.
func Spread(all []Counted) (n, median, p90 int64) {
	for _, c := range all {
		n += c.N
	}
	if n == 0 {
		return 0, 0, 0
	}
	return n, (ranked(all, (n-1)/2) + ranked(all, n/2)) / 2, ranked(all, (9*n+9)/10-1)
}

// ranked is the middle of the size under which the one of a rank, from 0, was counted.
func ranked(all []Counted, rank int64) int64 {
	for _, c := range all {
		if rank -= c.N; rank < 0 {
			return c.Size + coarseStep(c.Size)/2
		}
	}
	return 0
}
