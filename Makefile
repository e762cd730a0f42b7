# longtake. `make help` lists the targets; each sets up what it needs.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
BIN := bin/longtake
OUT := out
STATICCHECK := go tool staticcheck

.PHONY: help setup setup-test build headless demo test lint unit race pure validate verify bench gallery clean

help: ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## install what building and running needs (Debian packages, Go modules)
	@tools/setup run

setup-test: ## also install what the tests need (Node with glTF-Validator, Xvfb)
	@tools/setup test

build: setup ## build bin/longtake
	@mkdir -p bin
	go build -trimpath -tags g3n -o $(BIN) ./cmd/longtake

headless: setup ## build bin/longtake without window and X11
	@mkdir -p bin
	go build -trimpath -tags headless,g3n -o $(BIN) ./cmd/longtake

demo: build ## make the sample city, three stills and the video in ./out
	@tools/demo $(BIN) $(OUT)

test: setup-test lint pure unit race ## everything that must never break (20 minutes or less)
	@echo "make test: all passed"

lint:
	@bad=$$(gofmt -l $$(git ls-files '*.go')); [ -z "$$bad" ] || { echo "gofmt would change: $$bad"; exit 1; }
	go vet ./...
	$(STATICCHECK) ./...
	go vet -tags g3n ./geo/objdae
	$(STATICCHECK) -tags g3n ./geo/objdae

pure: # these build and test without cgo
	CGO_ENABLED=0 go build ./geo/... ./scene/... ./layers/... ./stream/...

unit:
	LONGTAKE_REQUIRE_VALIDATOR=1 go test -timeout 30m ./...
	go test -tags g3n ./geo/objdae

race: # the packages without cgo
	go test -race -short -timeout 30m ./geo/... ./scene/... ./layers/... ./stream/... ./pipeline/framegraph/...

verify: setup-test build ## the long proofs on every real city; results in docs/
	@tools/verify/verify $(BIN) $(OUT)/verify

bench: build ## throughput, milliseconds by pass, memory; prints figures with ratios
	@[ -e tools/engines/node_modules/@deck.gl/core/package.json ] || npm ci --prefix tools/engines --no-audit --no-fund --silent
	@go run ./tools/bench $(BIN)

gallery: build ## the views by which light is judged: docs/gallery, and real cities in out/gallery where DATA says where they are
	@go run ./tools/gallery $(BIN) $(OUT) $(DATA)

clean: ## remove what was built
	rm -rf bin $(OUT) .cache
