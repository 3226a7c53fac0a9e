package tickets

import "time"

// spread is the median, the mean of the two in the middle where n is even,
// and the 90th percentile by nearest rank. It puts them in another order.
func spread[T int32 | time.Duration](all []T, unit time.Duration) Spread {
	n := len(all)
	if n == 0 {
		return Spread{}
	}
	p90 := nth(all, (9*n+9)/10-1) // 0.9 n, rounded up
	median := time.Duration(nth(all, n/2)) * unit
	if n%2 == 0 {
		median = (median + time.Duration(nth(all[:n/2], n/2-1))*unit) / 2
	}
	return Spread{n, median, time.Duration(p90) * unit}
}

// nth is the k-th smallest, counted from 0, by quickselect: sorting half a
// million of them for each figure would be what a report takes longest for.
// What stands before it is not greater.
func nth[T int32 | time.Duration](all []T, k int) T {
	low, high := 0, len(all)-1
	for low < high {
		pivot := all[(low+high)/2]
		i, j := low, high
		for i <= j {
			for all[i] < pivot {
				i++
			}
			for all[j] > pivot {
				j--
			}
			if i <= j {
				all[i], all[j] = all[j], all[i]
				i, j = i+1, j-1
			}
		}
		switch {
		case k <= j:
			high = j
		case k >= i:
			low = i
		default:
			return all[k]
		}
	}
	return all[k]
}
