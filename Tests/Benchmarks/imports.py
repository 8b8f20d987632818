"""Rows 5, 5p and 6: imports."""

import os

from processes import Command
from rounds import alternate
from school import csv_school

_ENTRIES = """
    INSERT INTO course_search (rowid, heading, body)
        SELECT id, lower(code || char(32) || title), lower(description) FROM course;
    INSERT INTO material_search (rowid, heading, body) SELECT id, lower(title), lower(description) FROM material;"""


def files(bench):
    large, small = large_school(bench), csv_school(bench.here, bench.work / "small-school", 250, 175)
    sides = {
        **_imports(bench, large), "with": lambda: _reference(bench, large, _ENTRIES), "without": lambda: _reference(bench, large)}
    figures = alternate(_times(sides), 40 * len(sides), least=5, most=15)
    builds = {side: figures[side] for side in bench.builds}
    for name, goal, stretch in (("with", 0.8, 0.7), ("without", 1.35, 1.2)):
        bench.row("5", f"db import of 810,000 rows / sqlite3 .import, {name} search entries", "ms",
                  {**builds, "reference": figures[name]}, goal, stretch)
        builds = {"now": figures["now"]}  # The two builds are compared once.
    sides = {**_imports(bench, small), "reference": lambda: _reference(bench, small)}
    figures = alternate(_times(sides), 12 * len(sides), most=100)
    counts = {side: make().instructions() for side, make in sides.items()}
    bench.row("5", "db import of 3,050 rows / sqlite3 .import, without search entries", "ms", figures, 1.3, 1.15,
              instructions=counts)


def passwords(bench):
    """Twenty-four of them, on all cores."""
    folder = bench.work / "passwords"
    folder.mkdir()
    (folder / "users.csv").write_text(
        "username,role,password\n" + "".join(f"user{i},student,tiga kuda hitam {i}\n" for i in range(24)))
    bare = Command("sh", "-c", 'seq 24 | xargs -P "$0" -n 1 "$1"', os.cpu_count(), bench.references / "bare-argon2")
    figures = alternate({**_times(_imports(bench, folder)), "reference": bare.milliseconds}, 35 * len(bench.builds) + 35, most=40)
    bench.row("6", "db import of 24 passwords / bare Argon2id on all cores", "ms", figures, 1.05, 1.0)


def large_school(bench):
    """810,000 rows: 10,000 users, 50,000 courses, 500,000 enrollments, 250,000 materials."""
    folder = bench.work / "large-school"
    return folder if folder.exists() else csv_school(bench.here, folder, 10000, 50000)


def _imports(bench, folder):
    """Functions that make the command, each with an empty database."""
    return {
        side: lambda build=build: build.lms("db", "import", folder, "--db", build.new_database("imported.db"))
        for side, build in bench.builds.items()}


def _reference(bench, folder, *statements):
    """sqlite3's `.import`, and `statements` besides, into the same tables."""
    return Command(
        "sqlite3", bench.builds["now"].new_database("reference.db"), "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL",
        "CREATE TEMP TABLE u (id, a, b, c, d, e)", "BEGIN", ".mode csv", f".import {folder}/users.ids u",
        "INSERT INTO users SELECT id, a, b, c, d, nullif(e, '') FROM u", f".import {folder}/courses.ids course",
        f".import {folder}/enrollments.ids enrollment", f".import {folder}/materials.ids material", *statements, "COMMIT")


def _times(sides):
    return {side: lambda make=make: _time(make) for side, make in sides.items()}


def _time(make):
    command = make()
    os.sync()  # What the last round left is not this one's to write.
    return command.milliseconds()
