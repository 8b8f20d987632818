"""The program under trial, schools to try it on, and what must hold after anything."""
import os
import re
import sqlite3
import subprocess
import time

PASSWORD = "correct horse battery"
# What Docs/Scripting.md lists.
STATUSES = {0, 1, 64, 65, 66, 69, 73, 74, 75, 77, 78, 129, 130, 131, 141, 143}
# What nobody should ever read.
INSIDE = re.compile(r"SQLite|GRDB|\.swift:|Fatal error|made a mistake|database is locked")


class Broken(Exception):
    """A promise that does not hold."""


class Skipped(Exception):
    """What this machine does not let us try."""


def require(condition, what):
    if not condition:
        raise Broken(what)


class Outcome:
    def __init__(self, words, status, out, err, seconds):
        self.words, self.status, self.out, self.err, self.seconds = words, status, out, err, seconds

    @property
    def killed(self):
        return self.status == -9

    def __str__(self):
        return f"lms {' '.join(self.words)}: {self.status}: {self.out[:300]!r} {self.err[:600]!r}"


class Program:
    """lms, started many times."""

    def __init__(self, path, old=None):
        self.path, self.old = path, old
        self.running = []

    def start(self, *words, db=None, home=None, token=None, stdin=b"", program=None, environment=None, errors=subprocess.PIPE):
        values = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": home or "/nonexistent"}
        if db:
            values["LMS_DB"] = db
        if token:
            values["LMS_TOKEN"] = token
        values.update(environment or {})
        process = subprocess.Popen(
            [program or self.path, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors,
            env=values, start_new_session=True)
        process.words, process.began, process.given = words, time.monotonic(), stdin
        self.running.append(process)
        return process

    def wait(self, process, kill_after=None, with_signal=9, limit=120):
        """Waits for the end; sends a signal after so many seconds if it is still running by then."""
        try:
            out, err = process.communicate(process.given, timeout=kill_after if kill_after is not None else limit)
        except subprocess.TimeoutExpired:
            if kill_after is None:
                process.kill()
                process.communicate()
                raise Broken(f"lms {' '.join(process.words)} did not end within {limit} s")
            process.send_signal(with_signal)
            try:
                out, err = process.communicate(timeout=limit)
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()
                raise Broken(f"lms {' '.join(process.words)} outlived signal {with_signal} by {limit} s")
        if process in self.running:
            self.running.remove(process)
        outcome = Outcome(
            process.words, process.returncode, out.decode("utf-8", "replace"), (err or b"").decode("utf-8", "replace"),
            time.monotonic() - process.began)
        require(outcome.status in STATUSES or outcome.status in (-9, -with_signal), f"an end that is not documented: {outcome}")
        require(not INSIDE.search(outcome.err), f"shows its inside: {outcome}")
        return outcome

    def run(self, *words, kill_after=None, with_signal=9, limit=120, **about):
        return self.wait(self.start(*words, **about), kill_after, with_signal, limit)

    def must(self, *words, **about):
        outcome = self.run(*words, **about)
        require(outcome.status == 0, str(outcome))
        return outcome

    def end_all(self):
        for process in self.running:
            process.kill()
            process.communicate()
        self.running = []


def sql(path, statement, *values):
    """All rows. With a connection of its own that is closed again."""
    connection = sqlite3.connect(path, timeout=20)
    try:
        with connection:
            return connection.execute(statement, values).fetchall()
    finally:
        connection.close()


def require_whole(path, what=""):
    """What holds whenever a database can be opened."""
    require(sql(path, "PRAGMA integrity_check") == [("ok",)], f"integrity_check fails {what}")
    require(sql(path, "PRAGMA foreign_key_check") == [], f"foreign_key_check fails {what}")
    require(
        sql(path, "SELECT id FROM course WHERE id NOT IN (SELECT course_id FROM audit)") == [],
        f"a course without its line in the log {what}")


def make_school(program, folder, name="school.db", courses=1):
    """A database with the teacher ani, the student siti and courses c1, c2 ...: its path, and ani's token."""
    path = os.path.join(folder, name)
    for user, role in (("ani", "teacher"), ("siti", "student")):
        program.must("register", user, "--role", role, "--password-stdin", db=path, stdin=PASSWORD.encode(), home=folder)
    token = program.must(
        "login", "ani", "--password-stdin", "--print-token", db=path, stdin=PASSWORD.encode(), home=folder).out.strip()
    for number in range(courses):
        program.must("course", "create", f"Course {number + 1}", "--code", f"c{number + 1}", db=path, token=token)
    return path, token


def copy_of(path, target):
    """A database and what stands beside it."""
    for suffix in ("", "-wal", "-shm"):
        if os.path.exists(target + suffix):
            os.unlink(target + suffix)
        if os.path.exists(path + suffix):
            with open(path + suffix, "rb") as source, open(target + suffix, "wb") as copy:
                copy.write(source.read())
            os.chmod(target + suffix, 0o600)
    return target
