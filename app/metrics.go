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

// Metrics are for operators and have a listener of their own (impostor 20).
type Metrics struct {
	registry *prometheus.Registry
	requests *prometheus.HistogramVec
	clock    prometheus.Gauge
	flood    prometheus.Gauge
	found    prometheus.Gauge
}

func newMetrics() *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "pulih_request_seconds",
			Help:    "Time to answer a request, by route and status.",
			Buckets: []float64{.002, .005, .01, .025, .05, .1, .25, 1, 5},
		}, []string{"method", "route", "status"}),
		clock: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "pulih_clock_off_seconds",
			Help: "How far the server's clock is ahead of its reference.",
		}),
		flood: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "pulih_flood",
			Help: "1 while far more codes are asked for, or wrong, than in the week before.",
		}),
		found: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "pulih_audit_findings",
			Help: "What the last check of the audit log found not to agree.",
		}),
	}
	m.registry.MustRegister(m.requests, m.clock, m.flood, m.found, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Handler serves the metrics in Prometheus' text form.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// observe labels by the route's pattern: raw addresses would make a series
// each, and hold tokens.
func (m *Metrics) observe(c echo.Context, took time.Duration) {
	route := c.Path()
	if route == "" {
		route = "other"
	}
	m.requests.WithLabelValues(c.Request().Method, route, strconv.Itoa(c.Response().Status)).Observe(took.Seconds())
}
