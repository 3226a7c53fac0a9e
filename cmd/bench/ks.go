package main

import (
	"math"
	"time"
)

// sameDistribution is the p-value of the two-sample Kolmogorov–Smirnov test:
// how often two samples of one distribution lie as far apart as these. Both
// are sorted.
func sameDistribution(a, b []time.Duration) float64 {
	n, m := float64(len(a)), float64(len(b))
	root := math.Sqrt(n * m / (n + m))
	x := (root + 0.12 + 0.11/root) * distance(a, b) // Stephens 1970
	p := 0.0
	for k := 1.0; k <= 100; k++ {
		p += 2 * math.Pow(-1, k-1) * math.Exp(-2*k*k*x*x)
	}
	if x < 0.2 { // the series does not converge there, and p is 1
		return 1
	}
	return min(max(p, 0), 1)
}

// distance is the largest difference between the two shares of what took at
// most so long.
func distance(a, b []time.Duration) (d float64) {
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		at := min(a[i], b[j])
		for i < len(a) && a[i] <= at {
			i++
		}
		for j < len(b) && b[j] <= at {
			j++
		}
		d = max(d, math.Abs(float64(i)/float64(len(a))-float64(j)/float64(len(b))))
	}
	return d
}
