"""Schools of any size, and seats in them: somebody who is signed in, with a build of lms."""

import itertools
import shutil

from processes import TOOLS, Command

PASSWORD = "tiga kuda hitam"

# Past lms. In the middle of all courses are ten of `ani`, with 20 materials each; `siti` is in these.
_ROWS = """
PRAGMA cache_size = -262144;
BEGIN;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {courses} / 100)
INSERT INTO users (username, role, created_at) SELECT 'teacher' || i, 'teacher', 1795435200 FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {courses})
INSERT INTO course (title, teacher_id, description, release_date, code, enrollment)
SELECT 'Course number ' || i,
    CASE WHEN i % ({courses} / 10) = {courses} / 20 THEN 1 ELSE 3 + i % ({courses} / 100) END,
    'What the course number ' || i || ' is about.', '2026-01-01', 'course-' || i, 'open' FROM n;
INSERT INTO enrollment (student_id, course_id, date_entry, status)
SELECT 2, id, 1795435200, 'enrolled' FROM course WHERE teacher_id = 1;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20)
INSERT INTO material (course_id, description, title, position)
SELECT course.id, printf('%.*c', 200, 'x'), 'Week ' || i, i FROM course, n WHERE teacher_id = 1;
COMMIT;
ANALYZE;
PRAGMA wal_checkpoint(TRUNCATE);
"""


def session_table(database):
    """What the table of sessions is called, before schema 7 and since."""
    return sql(database, "SELECT name FROM sqlite_master WHERE name IN ('session', 'login_session') AND type = 'table';").strip()


class Build:
    """A build of lms, in a folder of its own."""

    def __init__(self, program, folder):
        self.folder = folder
        folder.mkdir()
        # Copied, as an installation does: a file that was just linked lies in the page cache in smaller pieces, and so
        # takes longer to start.
        self.program = folder / "lms"
        shutil.copyfile(program, self.program)
        self.program.chmod(0o755)
        self.environment = {**TOOLS, "HOME": str(folder)}
        self.homes = (folder / f"home{i}" for i in itertools.count())

    def lms(self, *arguments, **options):
        return Command(self.program, *arguments, **{"environment": self.environment, **options})

    def new_database(self, name):
        path = self.folder / name
        for file in self.folder.glob(name + "*"):
            file.unlink()
        self.lms("db", "init", "--db", path).output()
        return path


class Seat:
    """Somebody who is signed in with a build of lms, at a home of their own."""

    def __init__(self, build, database, user):
        self.build, self.database = build, database
        home = next(build.homes)
        home.mkdir()
        self._environment = {**TOOLS, "HOME": str(home)}
        self.sign_in(user, "--db", database)
        # Courses of others, each of which may be joined once.
        self.codes = (f"course-{i}" for i in itertools.count(1) if i % 50)

    def sign_in(self, user, *where):
        self.lms("login", user, "--password-stdin", *where, "-q").output(stdin=PASSWORD + "\n")

    def lms(self, *arguments, **options):
        return self.build.lms(*arguments, environment=self._environment, **options)


class Schools:
    """The schools of a run. Builds that have the same tables begin with the same file."""

    def __init__(self, folder):
        self._folder = folder
        self._tables = {}
        self._made = {}

    def copy(self, build, courses, name="school"):
        """A file of the build's own, which rows that call it alike share."""
        path = build.folder / f"{name}-{courses}.db"
        if not path.exists():
            shutil.copyfile(self._school(build, courses), path)
            path.chmod(0o600)
        return path

    def _school(self, build, courses):
        if build not in self._tables:
            self._tables[build] = sql(build.new_database("empty.db"), "SELECT sql FROM sqlite_schema;")
        place = self._tables[build], courses
        if place not in self._made:
            self._made[place] = self._folder / f"school-{len(self._made)}.db"
            _seed(build, self._made[place], courses)
        return self._made[place]


def _seed(build, path, courses):
    for user, role in (("ani", "teacher"), ("siti", "student")):
        build.lms("register", user, "--role", role, "--password-stdin", "--db", path).output(stdin=PASSWORD + "\n")
    sql(path, _ROWS.format(courses=courses))
    # What was written past lms is not in the search index yet.
    build.lms("db", "migrate", "--db", path).output()
    sql(path, "PRAGMA wal_checkpoint(TRUNCATE);")


def sql(database, text):
    """What the sqlite3 shell answers."""
    return Command("sqlite3", "-bail", database).output(stdin=text)


def csv_school(here, folder, users, courses):
    """A school as CSV files for lms, and the same for sqlite3's `.import` (school.sh)."""
    Command("bash", "-c", '. "$0/school.sh"; bulk_files "$@"', here, folder, users, courses).output()
    return folder
