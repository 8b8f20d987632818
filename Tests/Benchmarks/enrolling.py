"""Row 9: durable writes through the server, beside those of one connection of SQLite."""

import contextlib
import itertools
import os

from load import Load, serve, served
from processes import Command
from rounds import alternate
from school import sql

_COURSES = 250  # Which are enough for a round: 100 students each.
_COMMITS = 3000

# What joining a course reads and writes, in the words of JoinCourse and of what it calls.
_JOIN = """BEGIN IMMEDIATE;
SELECT login_session.id, login_session.user_id, users.username, users.role, login_session.expires_at, login_session.last_used_at FROM login_session
    JOIN users ON users.id = login_session.user_id
    WHERE login_session.token_hash = (SELECT token_hash FROM login_session WHERE user_id = {student}) AND users.disabled_at IS NULL
    AND login_session.expires_at > 1795435200;
SELECT course.id, course.code, course.title, course.description, course.release_date, course.enrollment, course.teacher_id,
    users.username, mine.status, (SELECT count(*) FROM enrollment WHERE course_id = course.id AND status = 'enrolled')
    FROM course JOIN users ON users.id = course.teacher_id
    LEFT JOIN enrollment AS mine ON mine.course_id = course.id AND mine.student_id = {student} WHERE course.id = {course};
SELECT id, status, date_entry FROM enrollment WHERE student_id = {student} AND course_id = {course};
INSERT INTO enrollment (student_id, course_id, date_entry, status)
    SELECT id, {course}, 1795435200, 'enrolled' FROM users WHERE id = {student} AND role = 'student' ON CONFLICT DO NOTHING;
INSERT INTO audit (at, actor_id, actor, via, action, course_id, course, owner_id, subject)
    VALUES (1795435200, {student}, 'student1', 'http', 'join', {course}, 'course-{course}', 3, 'student1') RETURNING id;
COMMIT;
"""


def joins(bench):
    places = {side: served(bench, build, "enrolled") for side, build in bench.builds.items()}
    alone = served(bench, bench.builds["now"], "alone")
    with contextlib.ExitStack() as servers:
        sides = {}
        for side, build in bench.builds.items():
            url = servers.enter_context(serve(build, places[side])).url
            sides[side] = lambda place=places[side], url=url, firsts=itertools.count(1, _COURSES): _enroll(
                bench, place, url, next(firsts))
        sides["reference"] = lambda firsts=itertools.count(1, _COMMITS // 100): _one_by_one(bench, alone, next(firsts))
        rates = alternate(sides, 38 * len(sides), most=38)
    bench.row("9", "POST enrollment, durable, 16 connections / commits of one SQLite connection", "1/s", rates, 1.5, 2.5,
              more=True)


def _enroll(bench, database, url, first):
    before = _count(database)
    os.sync()  # What the last round left is not this one's to write.
    load = Load(url, 1, "-s", bench.here / "join.lua", arguments=("--", first))
    if load.failure or _count(database) - before < load.requests:
        bench.note(f"row 9: not every request enrolled somebody. {load.failure or ''}")
    return load.rate


def _one_by_one(bench, database, first):
    """By the time that the whole process takes, of which its start is less than a hundredth."""
    script = bench.work / "joins.sql"
    script.write_text("PRAGMA synchronous = FULL;\n" + "".join(
        _JOIN.format(student=100001 + i % 100, course=first + i // 100) for i in range(_COMMITS)))
    before = _count(database)
    os.sync()
    rate = _COMMITS * 1000 / Command("sqlite3", "-bail", database, stdin=script).milliseconds()
    if _count(database) - before != _COMMITS:
        bench.note("row 9: SQLite did not make every commit")
    return rate


def _count(database):
    return int(sql(database, "SELECT count(*) FROM enrollment;"))
