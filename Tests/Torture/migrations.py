"""Databases of every schema that was given out, killed on their way to this one's."""
import glob
import http.client
import json
import os
import re
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


def columns(path):
    """What the tables of an earlier release have; a later one adds to it."""
    return {table: ", ".join(row[0] for row in sql(path, f"SELECT name FROM pragma_table_info('{table}')"))
            for table in ("users", "course", "enrollment", "material")}


def contents(path, columns):
    return [sql(path, f"SELECT {names} FROM {table} ORDER BY id") for table, names in columns.items()]


def kills(program, folder, random, end, seed):
    """Fifty times for each: the old schema or the new one, never something between."""
    changed = 0
    killed = {}
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
            known = columns(trial)
            before = tables(trial), contents(trial, known)
            moment = usual[version] * 1.1 * (part + random.random()) / 50
            outcome = program.run("db", "migrate", db=trial, kill_after=moment)
            killed[version] = killed.get(version, 0) + outcome.killed
            found = sql(trial, "PRAGMA user_version")[0][0]
            stated = sql(trial, "SELECT version FROM schema_version")[0][0]
            require(found == stated, f"user_version {found}, schema_version {stated} after {outcome}")
            require(tables(trial) in (before[0], after[version]), f"tables of neither schema after {outcome}")
            require(outcome.status != 0 or tables(trial) == after[version], "acknowledged, but of the old schema")
            require(found == version or tables(trial) == after[version], f"version {found} with other tables")
            changed += found != version
            require(sql(trial, "PRAGMA integrity_check") == [("ok",)], "integrity_check fails")
            program.must("db", "migrate", db=trial)
            require(contents(trial, known) == before[1], f"rows of schema {version} changed")
            program.must("db", "check", db=trial)
    for _, version in originals:
        require(killed.get(version), f"no migration of schema {version} was killed: they were over too soon")
    return f"{len(originals)} schemas, 50 times each: {sum(killed.values())} killed, {changed} had their new schema"


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


class Served:
    """A server on a database, and what it answers."""

    def __init__(self, program, database, folder, token, path=None):
        self.log = os.path.join(folder, f"log-{id(self)}")
        with open(self.log, "w") as log:
            self.process = program.start("serve", "--port", "0", db=database, home=folder, program=path, errors=log)
        self.program, self.token = program, token
        deadline = time.monotonic() + 30
        while True:
            with open(self.log) as log:
                found = re.search(r"at http://127\.0\.0\.1:(\d+)", log.read())
            if found:
                break
            require(self.process.poll() is None and time.monotonic() < deadline, "a server did not start")
            time.sleep(0.05)
        self.port = int(found.group(1))

    def ask(self, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
            connection.request(method, path, json.dumps(body) if body else None, headers)
            return connection.getresponse().status
        finally:
            connection.close()

    def stop(self):
        self.process.terminate()
        return self.program.wait(self.process)


def old_beside_new(program, folder, random, end, seed):
    """An earlier release on the same file, its server too, works as the schema says, or is refused and touches nothing."""
    if not program.old:
        raise Skipped("name an earlier release with OLD=PROGRAM")
    path = os.path.join(folder, "school.db")
    about = {"db": path, "home": folder, "stdin": PASSWORD.encode()}
    program.must("register", "ani", "--role", "teacher", "--password-stdin", program=program.old, **about)
    token = program.must(
        "login", "ani", "--password-stdin", "--print-token", program=program.old, **about).out.strip()
    version = sql(path, "PRAGMA user_version")[0][0]
    # It has the file open when that is brought up to date.
    old = Served(program, path, folder, token, program.old)
    require(old.ask("POST", "/course", {"title": "Before"}) == 201, "the old server does not serve")
    program.must("db", "migrate", db=path)
    oldest = sql(path, "SELECT oldest_program FROM schema_version")[0][0]
    fits = version >= oldest
    new = Served(program, path, folder, token)
    written, refused, number = 1, 0, 0
    while time.monotonic() < end or number < 20:
        number += 1
        title = {"title": f"C{number}"}
        which = program.old if number % 2 else None
        outcome = program.run("course", "create", f"C{number}", db=path, token=token, program=which)
        asked = (old if number % 2 else new).ask("POST", "/course", title)
        seen = (old if number % 2 else new).ask("GET", "/course")
        if which and not fits:
            require(outcome.status == 74, f"schema needs {oldest}, the old program has {version}: {outcome}")
            require(asked in (500, 503) and seen in (500, 503), f"the old server answered {asked}, {seen}")
            refused += 2
        else:
            require(outcome.status == 0, str(outcome))
            require((asked, seen) == (201, 200), f"a server answered {asked}, {seen}")
            written += 2
    for server in (old, new):
        outcome = server.stop()
        require(outcome.status == 0, f"a server did not stop well: {outcome}")
    require(sql(path, "SELECT count(*) FROM course") == [(written,)], "a refused program wrote, or a written course is gone")
    program.must("db", "check", db=path)
    return f"old schema {version}, oldest that fits {oldest}: {written} written, {refused} refused"
