# lms: what a newcomer needs to know is `make demo` and `make test`.

SWIFT ?= swift
PREFIX ?= /usr/local
STATIC = -c release -Xswiftc -static-executable
# Another build altogether, so in a place of its own.
POSTGRES = --traits PostgreSQL --scratch-path .build-postgres

# For libFuzzer and the address sanitizer, in Swift and in C.
FUZZED = -Xswiftc -sanitize=fuzzer,address -Xcc -fsanitize=fuzzer-no-link,address

.PHONY: build release release-postgres demo test test-postgres lint format bench torture fuzz fuzz-api \
	test-threads install clean \
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

# One after the other, since servers among them keep real deadlines; of each a few tests at a time. Robustness measures time
# and kills processes, so it has the machine to itself. What failed is said once more at the end.
A_FEW = --experimental-maximum-parallelization-width 4

test: packages test-packages
	@sh Tests/Demo/run-tests.sh $(SWIFT) test --filter 'LMSTextTests|LMSCommandLineTests|LMSDatabaseTests|LMSCoreTests|LMSCommandsTests' $(A_FEW)
	@sh Tests/Demo/run-tests.sh $(SWIFT) test --skip-build --filter 'LMSHTTPTests' $(A_FEW)
	@sh Tests/Demo/run-tests.sh $(SWIFT) test --skip-build --filter 'EndToEndTests' \
		--skip 'EndToEndTests\.Robustness' $(A_FEW)
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

# All rows of Docs/Performance.md, which take a quarter of an hour; ROWS="1 3 8" takes some of them. BEFORE=PROGRAM compares
# with another build of lms; POSTGRES_BUILD=PROGRAM has PostgreSQL, for row 5p; FIRST_BUILD="SECONDS SECONDS" is row 14.
# What lms is held against is a package of its own: who builds lms does not build Hummingbird.
REFERENCES = .build-references
POSTGRES_BUILD ?= .build-postgres/release/lms
bench: release bench-packages
	$(SWIFT) build $(STATIC) --package-path Tests/Benchmarks/References --scratch-path $(REFERENCES)
	clang -O2 -static Tests/Benchmarks/References/BareArgon2/main.c -lsodium -o $(REFERENCES)/release/bare-argon2
	@python3 Tests/Benchmarks/bench.py .build/release/lms $(REFERENCES)/release --json .build/bench.json --postgres "$(POSTGRES_BUILD)" \
		$(if $(ROWS),--rows "$(ROWS)") $(if $(BEFORE),--before "$(BEFORE)") \
		$(if $(FIRST_BUILD),--first-build "$(FIRST_BUILD)")

# Kills, full disks, damage and floods at full size: make torture MINUTES=10 SEED=1. With OLD=PROGRAM an earlier release
# works beside this one. What broke is printed with its seed.
torture: release test-packages
	@sh Tests/Demo/install-packages.sh python3
	@python3 Tests/Torture/torture.py .build/release/lms --minutes "$(or $(MINUTES),10)" $(if $(SEED),--seed "$(SEED)") \
		$(if $(ONLY),--only "$(ONLY)") $(if $(OLD),--old "$(OLD)")

# Every parser of bytes from outside, under libFuzzer and the address sanitizer: make fuzz SECONDS=600, for all together.
fuzz: packages
	LMS_FUZZING=1 $(SWIFT) build --scratch-path .build-fuzz $(FUZZED) --product fuzz-parsers
	@bash Tests/Fuzzing/fuzz-parsers.sh .build-fuzz/debug/fuzz-parsers "$(SECONDS)" "$(SEED)"

# The server's tests under the thread sanitizer, built in a place of their own.
test-threads: packages test-packages
	TSAN_OPTIONS="suppressions=$(CURDIR)/Tests/Fuzzing/threads.supp" $(SWIFT) test --scratch-path .build-threads \
		--sanitize thread --filter LMSHTTPTests

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
	@sh Tests/Demo/install-packages.sh libsqlite3-dev libsodium-dev libutf8proc-dev libyaml-dev

postgres-packages:
	@sh Tests/Demo/install-packages.sh libpq-dev

test-packages:
	@sh Tests/Demo/install-packages.sh sqlite3

bench-packages:
	@sh Tests/Demo/install-packages.sh sqlite3 time wrk valgrind python3
