package app

import (
	"github.com/prometheus/client_golang/prometheus"

	"pulih/db"
)

// metric is one that is looked up when somebody asks for it.
type metric struct {
	name, help string
	kind       prometheus.ValueType
	label      string // "" for one value
	read       func(give)
}

// give takes a value, and its label where the metric has one.
type give func(value float64, label ...string)

// sheet is a collector of metrics.
type sheet struct {
	metrics []metric
	descs   []*prometheus.Desc
}

func sheetOf(metrics []metric) sheet {
	s := sheet{metrics: metrics}
	for _, f := range metrics {
		var labels []string
		if f.label != "" {
			labels = []string{f.label}
		}
		s.descs = append(s.descs, prometheus.NewDesc(f.name, f.help, labels, nil))
	}
	return s
}

func (s sheet) Describe(to chan<- *prometheus.Desc) {
	for _, d := range s.descs {
		to <- d
	}
}

func (s sheet) Collect(to chan<- prometheus.Metric) {
	for i, f := range s.metrics {
		f.read(func(value float64, label ...string) {
			to <- prometheus.MustNewConstMetric(s.descs[i], f.kind, value, label...)
		})
	}
}

// batches are how many writes shared a commit, which SQLite's speed hangs on.
type batches struct{ db *db.DB }

var batchDesc = prometheus.NewDesc("pulih_db_batch_writes", "Writes that shared one durable commit; SQLite only.", nil, nil)

func (batches) Describe(to chan<- *prometheus.Desc) { to <- batchDesc }

func (b batches) Collect(to chan<- prometheus.Metric) {
	s := b.db.Stats().Batches
	to <- prometheus.MustNewConstHistogram(batchDesc, s.Commits, float64(s.Writes), s.AtMost)
}

func one(name, help string, kind prometheus.ValueType, read func() float64) metric {
	return metric{name, help, kind, "", func(g give) { g(read()) }}
}

func by(label, name, help string, kind prometheus.ValueType, read func(give)) metric {
	return metric{name, help, kind, label, read}
}

func truth(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}
