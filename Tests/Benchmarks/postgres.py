"""Row 5p: an import into PostgreSQL beside the same into a file."""

import contextlib
import glob
import itertools
import subprocess

from imports import large_school
from processes import TOOLS, Command, Failed
from rounds import alternate


def imports(bench):
    builds = {side: build for side, build in bench.postgres.items() if _has_postgres(bench, build)}
    if "now" not in builds:
        bench.note("row 5p is left out: no build with PostgreSQL was given (make release-postgres makes one)")
        return
    if not glob.glob("/usr/lib/postgresql/*/bin/initdb"):
        bench.note("row 5p is left out: there is no PostgreSQL here to start (apt-get install postgresql)")
        return
    folder = large_school(bench)
    with _cluster(bench) as cluster:
        numbers = itertools.count()

        def into_server(build):
            name = f"school{next(numbers)}"
            Command("psql", "-q", cluster, "-c", f"CREATE DATABASE {name}").output()
            url = cluster.replace("/postgres?", f"/{name}?")
            build.lms("db", "migrate", "--db", url).output()
            milliseconds = build.lms("db", "import", folder, "--db", url).milliseconds()
            Command("psql", "-q", cluster, "-c", f"DROP DATABASE {name}").output()
            return milliseconds

        def into_file(build):
            return build.lms("db", "import", folder, "--db", build.new_database("imported.db")).milliseconds()

        sides = {side: lambda build=build: into_server(build) for side, build in builds.items()}
        sides["reference"] = lambda: into_file(builds["now"])
        figures = alternate(sides, 90 * len(builds), least=1, most=5, warm=False)
    bench.row("5p", "db import of 810,000 rows into PostgreSQL / into a file", "ms", figures, 8, 5)


def _has_postgres(bench, build):
    """A build without it says so; a build with it says that there is no such server."""
    return "without PostgreSQL" not in build.lms("db", "check", "--db", f"postgres:///none?host={bench.work}").output(check=False)


@contextlib.contextmanager
def _cluster(bench):
    """A cluster that writes to the disk as in earnest; it ends when its standard input does."""
    holder = subprocess.Popen(
        ["sh", bench.here.parent / "PostgreSQL" / "with-cluster.sh", "sh", "-c", 'echo "$LMS_TEST_POSTGRES"; exec cat'],
        env={**TOOLS, "LMS_TEST_POSTGRES_FSYNC": "on"}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        start_new_session=True)
    try:
        url = holder.stdout.readline().strip()
        if not url:
            raise Failed("no PostgreSQL cluster could be started")
        yield url
    finally:
        holder.stdin.close()
        holder.wait(60)
        holder.stdout.close()
