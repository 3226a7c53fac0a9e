// Package faults holds no code, only tests: production as it ships is started
// as a process of its own, put under load, and harmed as machines are. A short
// form runs with all other tests; `make faults` runs the full form and writes
// docs/faults-report.md. What each shows, and what it does not, stands in
// docs/faults.md.
package faults
