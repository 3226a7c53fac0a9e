package app

import (
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Metrics are for operators and have a listener of their own (impostor 20). No
// label holds what a person typed: routes are patterns, all else is a word of
// the program. What Help calls "of the database" is the same in every process.
type Metrics struct {
	registry *prometheus.Registry
	requests *prometheus.HistogramVec
	clock    prometheus.Gauge
	flood    prometheus.Gauge
	found    prometheus.Gauge
	cert     *prometheus.GaugeVec
	streams  *prometheus.GaugeVec
	gate     *prometheus.CounterVec
	limited  *prometheus.CounterVec
}

func newMetrics(a *App) *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "pulih_request_seconds",
			Help:    "Time to answer a request, by route and status.",
			Buckets: []float64{.002, .005, .01, .025, .05, .1, .25, 1, 5},
		}, []string{"method", "route", "status"}),
		clock:   gauge("pulih_clock_off_seconds", "How far the server's clock is ahead of its reference."),
		flood:   gauge("pulih_flood", "1 while far more codes are asked for, or wrong, than in the week before."),
		found:   gauge("pulih_audit_findings", "What the last check of the audit log found not to agree."),
		cert:    gauges("pulih_certificate_expires_timestamp_seconds", "When the certificate that this process serves ends.", "of"),
		streams: gauges("pulih_streams", "Streams of live changes that are open to this process, by the table that they watch.", "table"),
		gate:    counters("pulih_gate_total", "Tries at the gate, by way (captcha, proof, slow, nothing) and result.", "way", "result"),
		limited: counters("pulih_limit_refused_total", "What a limit refused, by the limit's name.", "limit"),
	}
	m.registry.MustRegister(m.requests, m.clock, m.flood, m.found, m.cert, m.streams, m.gate, m.limited,
		sheetOf(a.metricsHere()), batches{a.DB}, sheetOf(a.metricsShared()),
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func gauge(name, help string) prometheus.Gauge {
	return prometheus.NewGauge(prometheus.GaugeOpts{Name: name, Help: help})
}

func gauges(name, help string, labels ...string) *prometheus.GaugeVec {
	return prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: name, Help: help}, labels)
}

func counters(name, help string, labels ...string) *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, labels)
}

// Handler serves the metrics in Prometheus' text form.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// Certificate notes until when the certificate of our own TLS is valid.
func (m *Metrics) Certificate(until time.Time) {
	m.cert.WithLabelValues("tls").Set(float64(until.Unix()))
}

// observe labels by the route's pattern: raw addresses would make a series
// each, and hold tokens.
func (m *Metrics) observe(c echo.Context, took time.Duration) {
	route := c.Path()
	if route == "" {
		route = "other"
	}
	m.requests.WithLabelValues(method(c.Request().Method), route, strconv.Itoa(c.Response().Status)).Observe(took.Seconds())
}

// method is one that we know: whoever connects may send any word, a number of
// a person too, and each would be a series.
func method(sent string) string {
	switch sent {
	case http.MethodGet, http.MethodHead, http.MethodPost:
		return sent
	}
	return "other"
}

// tried counts how somebody came through the gate, or did not.
func (m *Metrics) tried(way string, passed bool) {
	m.gate.WithLabelValues(way, map[bool]string{true: "passed", false: "failed"}[passed]).Inc()
}

// streaming counts a stream until the function that it returns is called.
func (m *Metrics) streaming(table string) (end func()) {
	g := m.streams.WithLabelValues(table)
	g.Inc()
	return g.Dec
}
