#!/usr/bin/env python3
"""Measures lms side by side with what it is compared to, and with another build of it, in rounds that alternate.

    bench.py LMS REFERENCES [--rows "1 3 8"] [--before OTHER/lms] [--postgres PROGRAM] [--first-build "SECONDS BEFORE"]
        [--json FILE]

REFERENCES is a folder with bare-argon2 and hummingbird-hello. Docs/Performance.md says what is in the tables that it prints. It never
fails because of a figure; a row that cannot be measured is said and left out.
"""
import argparse
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import commands
import enrolling
import footprint
import imports
import postgres
import processes
import scale
import serving
import table
from school import Build, Schools, Seat

ROWS = {
    "1": commands.course_list, "2": commands.version, "3": commands.course_join, "4": commands.login, "5": imports.files,
    "5p": postgres.imports, "6": imports.passwords, "7": commands.apply, "8": serving.rates, "8i": serving.instructions,
    "9": enrolling.joins, "10": serving.remote_list, "11": scale.commands, "12": footprint.memory, "13": footprint.disk,
}
_LONGEST = 900  # Seconds for a row, whatever happens in it.


class Bench:
    """What the rows share, and the rows that were measured."""

    def __init__(self, arguments, work):
        self.here = pathlib.Path(__file__).resolve().parent
        self.references = pathlib.Path(arguments.references).resolve()
        self.work = work
        self.builds = {"now": Build(pathlib.Path(arguments.lms).resolve(), work / "now")}
        if arguments.before:
            self.builds["before"] = Build(arguments.before, work / "before")
        self.postgres = dict(self.builds)
        if arguments.postgres and os.path.exists(arguments.postgres):
            self.postgres["now"] = Build(arguments.postgres, work / "postgres")
        self.schools = Schools(work)
        self.rows = []

    def row(self, *values, **more):
        self.rows.append(table.Row(*values, **more))

    def note(self, text):
        print(text, file=sys.stderr, flush=True)

    def seats(self, user, courses, name="school"):
        """One for each build."""
        return {side: Seat(build, self.schools.copy(build, courses, name), user) for side, build in self.builds.items()}

    def measure(self, number):
        begin = time.monotonic()
        signal.alarm(_LONGEST)
        try:
            ROWS[number](self)
        except (processes.Failed, OSError, ValueError, AttributeError) as error:
            self.note(f"row {number} could not be measured: {error}")
        finally:
            signal.alarm(0)
            processes.end_all()
        self.note(f"row {number}: {time.monotonic() - begin:.0f} s")

    def report(self, about, file):
        print("\n" + ", ".join(f"{name} {value}" for name, value in about.items() if value))
        table.print_goals(self.rows)
        if any(row.courses for row in self.rows):
            table.print_sizes(self.rows)
        if "before" in self.builds:
            table.print_builds(self.rows)
        if file:
            with open(file, "w") as out:
                json.dump({**about, "rows": [row.json() for row in self.rows]}, out, indent=2)
                out.write("\n")


def about(bench):
    def said(*words):
        return subprocess.run(words, capture_output=True, text=True, cwd=bench.here).stdout.strip()

    return {
        "date": time.strftime("%Y-%m-%d"), "commit": said("git", "rev-parse", "--short", "HEAD"),
        "cores": os.cpu_count(), "file system": said("stat", "-f", "-c", "%T", bench.work),
    }


def first_build(bench, seconds):
    now, before = map(float, seconds.split())
    bench.row("14", "a first release build / that of 0.1.0", "s", {"now": [now], "reference": [before]}, 0.7, 0.5)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("lms")
    parser.add_argument("references")
    for option in ("--rows", "--before", "--postgres", "--first-build", "--json"):
        parser.add_argument(option)
    arguments = parser.parse_args()
    chosen = arguments.rows.split() if arguments.rows else [*ROWS, "14"]
    if unknown := set(chosen) - {*ROWS, "14"}:
        parser.error(f"there is no row {' '.join(sorted(unknown))}")

    def stop(*_):
        raise SystemExit(1)

    def late(*_):
        raise TimeoutError(f"it took longer than {_LONGEST} s")

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, stop)
    signal.signal(signal.SIGALRM, late)
    work = pathlib.Path(tempfile.mkdtemp(prefix="lms-bench-"))
    bench = None
    try:
        bench = Bench(arguments, work)
        for number in ROWS:
            if number in chosen:
                bench.measure(number)
        if arguments.first_build:
            first_build(bench, arguments.first_build)
        elif "14" in chosen:
            bench.note("row 14 is left out: it takes minutes, and is given (Docs/Performance.md says how)")
    finally:
        processes.end_all()
        if bench and bench.rows:
            bench.report(about(bench), arguments.json)
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
