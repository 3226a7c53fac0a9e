# Everything a developer does. `make help` lists it.
export CGO_ENABLED ?= 0
TOOLS = go tool -modfile=tools/go.mod

.PHONY: help run build test check generate bench bench-short gallery faults

help: ## list what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

run: build ## build and start the demo on 127.0.0.1:8080 (ARGS="--listen … --data …")
	@bin/pulih demo $(ARGS)

build: ## build bin/pulih, one static file
	@go build -trimpath -ldflags "-s -w" -o bin/pulih ./cmd/pulih

test: ## run the tests; what this machine lacks is named at the end
	@scripts/test

check: generate ## generate, format, vet, staticcheck, tests with -race where it counts
	@scripts/check

generate: ## write the generated files
	@go tool templ generate -log-level=error 2>&1 | grep -v "^$$" || true

bench: ## measure, as ratios in one run; writes docs/bench-report.md and .json (ARGS="--cache …")
	@go run -buildvcs=true ./cmd/bench $(ARGS)

faults: ## harm production as machines are harmed, in full; writes docs/faults-report.md
	@scripts/test -count=1 -timeout 3h ./cmd/faults -args -full -report $(CURDIR)/docs/faults-report.md

bench-short: ## prove in three minutes that the harness works; measures nothing
	@go run ./cmd/bench --short --out "$${TMPDIR:-/tmp}/pulih-bench-short"

gallery: ## draw every view with sample data into the folder gallery/
	@go run ./cmd/gallery
