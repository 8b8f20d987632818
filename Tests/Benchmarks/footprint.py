"""Rows 12 and 13: memory, and sizes on the disk."""

from load import SIGNED, Load, reads, serve, served
from scale import SIZES
from school import csv_school, session_table, sql


def memory(bench):
    for name, words, goal, stretch in (
        ("course list", ("course", "list"), 13, 10), ("course list --all", ("course", "list", "--all"), 15, 12),
    ):
        for size in SIZES:
            peaks = {side: [seat.lms(*words).peak()] for side, seat in bench.seats("siti", size).items()}
            bench.row("12", f"peak memory, {name}", "MB", peaks, goal, stretch, courses=size)
    for size in SIZES:
        peaks = {side: [_loaded(bench, build, size)] for side, build in bench.builds.items()}
        bench.row("12", "peak memory, serve after the loads of rows 8 and 9", "MB", peaks, 28, 20, courses=size)
    bench.row("12", "peak memory, serve while 400 logins run", "MB",
              {side: [_signing_in(bench, build)] for side, build in bench.builds.items()}, 170, 150)
    rows = csv_school(bench.here, bench.work / "million-rows", 8000, 62000)
    peaks = {
        side: [build.lms("db", "import", rows, "--db", build.new_database("million.db")).peak()]
        for side, build in bench.builds.items()}
    bench.row("12", "peak memory, db import of 1,000,000 rows", "MB", peaks, 60, 40)


def _loaded(bench, build, size):
    database = served(bench, build, "loaded", size)
    with serve(build, database) as server:
        for path in reads(database).values():
            Load(server.url + path, 2, *SIGNED)
        Load(server.url, 2, "-s", bench.here / "join.lua", arguments=("--", 1))
        peak = server.peak()
    database.unlink()
    return peak


def _signing_in(bench, build):
    """All from addresses of their own, or most would be told to wait before they are hashed."""
    database = served(bench, build, "signing-in")
    with serve(build, database, "--trusted-proxy", "127.0.0.1") as server:
        Load(server.url, 10, "-s", bench.here / "login.lua", connections=400)
        peak = server.peak()
    if int(sql(database, f"SELECT count(*) FROM {session_table(database)} WHERE label = 'login';")) < 20:
        bench.note("row 12: hardly any sign-in succeeded")
    return peak


def disk(bench):
    bench.row("13", "stripped executable", "MB",
              {side: [build.program.stat().st_size / 1e6] for side, build in bench.builds.items()}, 40, 34)
    sizes = {}
    for side, build in bench.builds.items():
        bulk = build.new_database("bulk.db")
        sql(bulk, (bench.here / "bulk.sql").read_text())
        sizes[side] = [_megabytes(bulk)]
    plain = bench.work / "plain.db"
    bulk = bench.builds["now"].folder / "bulk.db"
    sql(plain, f"ATTACH '{bulk}' AS bulk;\n" + "".join(_plain(bulk)))
    bench.row("13", "database of 810,000 rows / plain tables", "MB", {**sizes, "reference": [_megabytes(plain)]}, 1.05, 1.0)


def _megabytes(database):
    return int(sql(database, "VACUUM; SELECT page_count * page_size FROM pragma_page_count, pragma_page_size;")) / 1e6


def _plain(database):
    """SQL that puts the same rows into tables without types and constraints, with the same indexes."""
    for table in ("users", "course", "enrollment", "material"):
        columns = sql(database, f"SELECT name FROM pragma_table_info('{table}') WHERE name <> 'id';").split()
        yield f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, {', '.join(columns)});\n"
        yield f"INSERT INTO {table} SELECT * FROM bulk.{table};\n"
        yield sql(database, f"SELECT sql || ';' FROM sqlite_schema WHERE tbl_name = '{table}' AND type = 'index' AND sql <> '';")
        for index in sql(database, f"SELECT name FROM pragma_index_list('{table}') WHERE origin = 'u';").split():
            of = sql(database, f"SELECT group_concat(name) FROM pragma_index_info('{index}');")
            yield f"CREATE UNIQUE INDEX plain_{index} ON {table} ({of.strip()});\n"
