# lms: what a newcomer needs to know is `make demo` and `make test`.

SWIFT ?= swift
PREFIX ?= /usr/local
STATIC = -c release -Xswiftc -static-executable
# Another build altogether, so in a place of its own.
POSTGRES = --traits PostgreSQL --scratch-path .build-postgres

.PHONY: build release release-postgres demo test test-postgres lint format bench fuzz-api install clean \
	packages postgres-packages test-packages bench-packages

build: packages
	$(SWIFT) build --product lms

# Leaves one file that runs on any Linux of this processor: .build/release/lms
release: packages
	$(SWIFT) build $(STATIC) --product lms

# With PostgreSQL: .build-postgres/release/lms. It needs libpq5 where it runs, which cannot be linked in.
release-postgres: packages postgres-packages
	$(SWIFT) build $(POSTGRES) -c release -Xswiftc -static-stdlib --product lms

demo: release
	@sh Tests/Demo/demo.sh .build/release

# Robustness measures time and kills processes, so it has the machine to itself. Of the others a few at a time: each server
# among them keeps real deadlines. What failed is said once more at the end.
test: packages test-packages
	@sh Tests/Demo/run-tests.sh $(SWIFT) test --skip 'EndToEndTests\.Robustness' \
		--experimental-maximum-parallelization-width 4
	@sh Tests/Demo/run-tests.sh $(SWIFT) test --skip-build --filter 'EndToEndTests\.Robustness'

# The suites of database, core and HTTP, and the transcripts, on a PostgreSQL cluster of their own.
test-postgres: packages postgres-packages test-packages
	@sh Tests/Demo/install-packages.sh postgresql
	$(SWIFT) build $(POSTGRES) --build-tests
	@sh Tests/PostgreSQL/with-cluster.sh sh Tests/Demo/run-tests.sh $(SWIFT) test $(POSTGRES) --skip-build \
		--filter 'LMSDatabaseTests|LMSCoreTests|LMSHTTPTests|PostgreSQLTests' --experimental-maximum-parallelization-width 4

lint:
	$(SWIFT) format lint --strict --recursive Sources Tests Package.swift

format:
	$(SWIFT) format --in-place --recursive Sources Tests Package.swift

bench: release bench-packages
	$(SWIFT) build $(STATIC) --product bare-argon2
	$(SWIFT) build $(STATIC) --product hummingbird-hello
	@bash Tests/Benchmarks/bench.sh .build/release

# Two and a half minutes; make fuzz-api SECONDS=600 SEED=1 for more.
fuzz-api: build test-packages .build/schemathesis
	@bash Tests/Fuzzing/fuzz-api.sh .build/debug .build/schemathesis "$(SECONDS)" "$(SEED)"

# In a folder of its own, never among the machine's packages.
.build/schemathesis:
	@sh Tests/Demo/install-packages.sh python3-venv
	python3 -m venv $@.new
	$@.new/bin/pip install --quiet schemathesis==4.32.5
	mv $@.new $@

install: release
	install -d "$(DESTDIR)$(PREFIX)/bin"
	install -m 755 .build/release/lms "$(DESTDIR)$(PREFIX)/bin/lms"

clean:
	$(SWIFT) package clean

# The Debian packages that are missing; a clear line where there is no apt.
packages:
	@sh Tests/Demo/install-packages.sh libsqlite3-dev libsodium-dev libutf8proc-dev

postgres-packages:
	@sh Tests/Demo/install-packages.sh libpq-dev

test-packages:
	@sh Tests/Demo/install-packages.sh sqlite3

bench-packages:
	@sh Tests/Demo/install-packages.sh sqlite3 hyperfine time bsdextrautils wrk
