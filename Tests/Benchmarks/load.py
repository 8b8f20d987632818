"""What the rows about the server share: a school with tokens, a server on it, and wrk."""

import hashlib
import http.client
import re
import time

from processes import Command, Failed, Server
from school import session_table, sql

COURSES = 10000


class Load:
    """One round of wrk on a server: requests a second, and the milliseconds within which 99 of 100 are answered."""

    def __init__(self, url, seconds, *options, connections=16, arguments=()):
        text = Command(
            "wrk", "-t", 2, "-c", connections, "-d", seconds, "--timeout", 30, "--latency", *options, url, *arguments).output()
        self.rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1))
        self.requests = int(re.search(r"(\d+) requests in", text).group(1))
        value, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", text).groups()
        self.p99 = float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit]
        failure = re.search(r"Non-2xx.*|Socket errors.*", text)
        self.failure = failure.group(0) if failure else None


def serve(build, database, *options, tool=(), patience=30):
    return Server(
        *tool, build.program, "serve", "--port", 0, "--db", database, "--log-level", "warning", *options,
        environment=build.environment, patience=patience)


def hello(bench, **options):
    return Server(*options.pop("tool", ()), bench.references / "hummingbird-hello", environment=bench.builds["now"].environment, **options)


def token(user):
    return f"lms_{user:043d}"


AUTHORIZATION = f"Bearer {token(2)}"
SIGNED = ("-H", f"Authorization: {AUTHORIZATION}")


class Client:
    """Sixteen connections that ask for a path exactly so often as they are told to, which wrk cannot."""

    def __init__(self, url, path, headers):
        self._path, self._headers = path, headers
        self._connections = [http.client.HTTPConnection(url.removeprefix("http://")) for _ in range(16)]

    def play(self, count):
        """One request is on its way on each connection until they come to an end; all are answered when it returns."""
        sent = 0
        for number in range(-16, count):
            connection = self._connections[number % 16]
            if number >= 0:
                answer = connection.getresponse()
                answer.read()
                if answer.status != 200:
                    raise Failed(f"GET {self._path}: {answer.status}")
            if sent < count:
                connection.putrequest("GET", self._path, skip_accept_encoding=True)
                for name, value in self._headers.items():
                    connection.putheader(name, value)
                connection.endheaders()
                sent += 1


def served(bench, build, name, courses=COURSES):
    """A school with 400 students more, `student1` to `student400` with the ids from 100,001, and the password of `siti`;
    and with tokens of `siti` and of 100 of them, put where a sign-in puts them: as their BLAKE2b hashes.
    """
    database = bench.schools.copy(build, courses, name)
    now = int(time.time())
    lines = ["BEGIN;", """WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400)
        INSERT INTO users (id, username, role, created_at, password)
        SELECT 100000 + i, 'student' || i, 'student', 1795435200, (SELECT password FROM users WHERE id = 2) FROM n;"""]
    for user in (2, *range(100001, 100101)):
        digest = hashlib.blake2b(token(user).encode(), digest_size=32).hexdigest()
        lines.append(
            f"INSERT INTO {session_table(database)} (user_id, token_hash, label, created_at, expires_at, last_used_at, idle_limit)"
            f" VALUES ({user}, x'{digest}', 'wrk', {now}, {now + 864000}, {now}, NULL);")
    sql(database, "\n".join([*lines, "COMMIT;", "PRAGMA wal_checkpoint(TRUNCATE);"]))
    return database


def reads(database):
    """The paths of row 8, by what they read."""
    course = int(sql(database, "SELECT min(id) FROM course WHERE teacher_id = 1;"))
    return {
        "GET course": f"/course/{course}", "GET material (20)": f"/course/{course}/material",
        "GET course list (10)": "/course"}
