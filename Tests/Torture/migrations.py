"""Databases of every schema that was given out, killed on their way to this one's."""
import glob
import os
import sqlite3
import time

from school import PASSWORD, Skipped, copy_of, require, sql

HERE = os.path.dirname(os.path.abspath(__file__))
SCHEMAS = sorted(glob.glob(os.path.join(HERE, "..", "EndToEndTests", "Schemas", "*.sql")))


def released(file, folder, rows):
    """A database as an earlier program left it, with so many materials more."""
    path = os.path.join(folder, os.path.basename(file) + ".db")
    connection = sqlite3.connect(path)
    with open(file) as text:
        connection.executescript(text.read())
    # Another connection: this one has not seen the tables that were written into the schema by hand.
    connection.close()
    connection = sqlite3.connect(path)
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    connection.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
        " INSERT INTO material (course_id, description, title, position)"
        " SELECT 1, 'sel dan gen nomor ' || i, 'Bab ' || i, i + (SELECT max(position) FROM material WHERE course_id = 1) FROM n", (rows,))
    # From the third on, the search is kept in step.
    if version >= 3:
        connection.execute(
            "INSERT INTO material_search (rowid, heading, body)"
            " SELECT id, lower(title), lower(description) FROM material WHERE title LIKE 'Bab %'")
    connection.commit()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    for suffix in ("-wal", "-shm"):
        if os.path.exists(path + suffix):
            os.unlink(path + suffix)
    os.chmod(path, 0o600)
    return path, version


def tables(path):
    return sql(path, "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY 1, 2")


def contents(path):
    return [sql(path, f"SELECT * FROM {table} ORDER BY id") for table in ("users", "course", "enrollment", "material")]


def kills(program, folder, random, end, seed):
    """Fifty times for each: the old schema or the new one, never something between."""
    killed = changed = 0
    originals = [released(file, folder, 20000) for file in SCHEMAS]
    require(len(originals) >= 5, "the released schemas are missing")
    usual, after = {}, {}
    for path, version in originals:
        new = copy_of(path, os.path.join(folder, "new.db"))
        usual[version] = program.must("db", "migrate", db=new).seconds
        after[version] = tables(new)
    # Spread over the whole life, whatever time there is.
    for part in range(50):
        for path, version in originals:
            trial = copy_of(path, os.path.join(folder, "try.db"))
            before = tables(trial), contents(trial)
            moment = usual[version] * 1.1 * (part + random.random()) / 50
            outcome = program.run("db", "migrate", db=trial, kill_after=moment)
            killed += outcome.killed
            found = sql(trial, "PRAGMA user_version")[0][0]
            stated = sql(trial, "SELECT version FROM schema_version")[0][0]
            require(found == stated, f"user_version {found}, schema_version {stated} after {outcome}")
            require(tables(trial) in (before[0], after[version]), f"tables of neither schema after {outcome}")
            require(outcome.status != 0 or tables(trial) == after[version], "acknowledged, but of the old schema")
            require(found == version or tables(trial) == after[version], f"version {found} with other tables")
            changed += found != version
            require(sql(trial, "PRAGMA integrity_check") == [("ok",)], "integrity_check fails")
            program.must("db", "migrate", db=trial)
            require(contents(trial) == before[1], f"rows of schema {version} changed")
            program.must("db", "check", db=trial)
    return f"{len(originals)} schemas, 50 times each: {killed} killed, {changed} had their new schema"


def two_at_once(program, folder, random, end, seed):
    """Programs that meet an old database together make one new one, and none of them fails."""
    rounds = 0
    while rounds < len(SCHEMAS) or time.monotonic() < end:
        path, version = released(SCHEMAS[rounds % len(SCHEMAS)], folder, 3000)
        rounds += 1
        programs = [program.start("db", "migrate", db=path) for _ in range(2)]
        programs += [program.start("user", "list", db=path) for _ in range(random.randrange(1, 4))]
        for process in programs:
            outcome = program.wait(process)
            require(outcome.status == 0, str(outcome))
        program.must("db", "check", db=path)
        require(sql(path, "SELECT count(*) FROM schema_version") == [(1,)], "two versions at once")
        os.unlink(path)
        for suffix in ("-wal", "-shm"):
            if os.path.exists(path + suffix):
                os.unlink(path + suffix)
    return f"{rounds} times"


def old_beside_new(program, folder, random, end, seed):
    """An earlier release on the same file works as the schema says, or is refused and touches nothing."""
    if not program.old:
        raise Skipped("name an earlier release with OLD=PROGRAM")
    path = os.path.join(folder, "school.db")
    about = {"db": path, "home": folder, "stdin": PASSWORD.encode()}
    program.must("register", "ani", "--role", "teacher", "--password-stdin", program=program.old, **about)
    token = program.must(
        "login", "ani", "--password-stdin", "--print-token", program=program.old, **about).out.strip()
    version = sql(path, "PRAGMA user_version")[0][0]
    old = program.start("serve", "--port", "0", db=path, home=folder, program=program.old)
    time.sleep(1)
    require(old.poll() is None, "the old server did not start")
    program.must("db", "migrate", db=path)
    oldest = sql(path, "SELECT oldest_program FROM schema_version")[0][0]
    written = refused = number = 0
    while time.monotonic() < end or number < 20:
        number += 1
        which = program.old if number % 2 else None
        outcome = program.run("course", "create", f"C{number}", db=path, token=token, program=which)
        if which and version < oldest:
            require(outcome.status == 74, f"schema needs {oldest}, the old program has {version}: {outcome}")
            refused += 1
        else:
            require(outcome.status == 0, str(outcome))
            written += 1
    old.terminate()
    program.wait(old)
    require(sql(path, "SELECT count(*) FROM course") == [(written,)], "a refused program wrote, or a written course is gone")
    program.must("db", "check", db=path)
    return f"old schema {version}, oldest that fits {oldest}: {written} written, {refused} refused"
