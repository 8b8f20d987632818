# lms: what a newcomer needs to know is `make demo` and `make test`.

SWIFT ?= swift
PREFIX ?= /usr/local
STATIC = -c release -Xswiftc -static-executable

.PHONY: build release demo test lint format bench install clean packages test-packages bench-packages

build: packages
	$(SWIFT) build --product lms

# Leaves one file that runs on any Linux of this processor: .build/release/lms
release: packages
	$(SWIFT) build $(STATIC) --product lms

demo: release
	@sh Tests/Demo/demo.sh .build/release

test: packages test-packages
	$(SWIFT) test

lint:
	$(SWIFT) format lint --strict --recursive Sources Tests Package.swift

format:
	$(SWIFT) format --in-place --recursive Sources Tests Package.swift

bench: release bench-packages
	$(SWIFT) build $(STATIC) --product bare-argon2
	@bash Tests/Benchmarks/bench.sh .build/release

install: release
	install -d "$(DESTDIR)$(PREFIX)/bin"
	install -m 755 .build/release/lms "$(DESTDIR)$(PREFIX)/bin/lms"

clean:
	$(SWIFT) package clean

# The Debian packages that are missing; a clear line where there is no apt.
packages:
	@sh Tests/Demo/install-packages.sh libsqlite3-dev libsodium-dev

test-packages:
	@sh Tests/Demo/install-packages.sh sqlite3

bench-packages:
	@sh Tests/Demo/install-packages.sh sqlite3 hyperfine time bsdextrautils
