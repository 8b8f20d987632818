# A school of any size as CSV files; for bench.py, and for Tests/PostgreSQL/copy.sh.

# bulk_files FOLDER USERS COURSES: a school as CSV for lms; and as *.ids, with the ids in it, for sqlite3.
# A twentieth of the users teach; each course has ten students and five materials.
bulk_files() {
    local teachers=$(($2 / 20))
    mkdir -p "$1"
    sqlite3 :memory: <<SQL
.mode csv
CREATE TABLE n (i INTEGER PRIMARY KEY);
WITH RECURSIVE m(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM m WHERE i < 10 * $3 OR i < $2) INSERT INTO n SELECT i FROM m;
CREATE VIEW user AS SELECT i AS id, 'user' || i AS username,
    CASE WHEN i <= $teachers THEN 'teacher' ELSE 'student' END AS role,
    '\$argon2id\$v=19\$m=65536,t=3,p=1\$c29tZXNhbHRzb21lc2FsdA\$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' AS password_hash
    FROM n WHERE i <= $2;
CREATE VIEW course AS SELECT i AS id, 'course-' || i AS code, 'Course number ' || i AS title, 1 + i % $teachers AS teacher,
    'What the course number ' || i || ' is about.' AS description FROM n WHERE i <= $3;
CREATE VIEW enrollment AS SELECT i AS id, 1 + (i - 1) / 10 AS course,
    $teachers + 1 + ((i - 1) / 10 + (i - 1) % 10 * (($2 - $teachers) / 10)) % ($2 - $teachers) AS student
    FROM n WHERE i <= 10 * $3;
CREATE VIEW material AS SELECT i AS id, 1 + (i - 1) / 5 AS course, 'Week ' || (1 + i % 5) AS title,
    'Read chapter ' || i || ', and answer the questions at its end.' AS description, 1 + (i - 1) % 5 AS position
    FROM n WHERE i <= 5 * $3;
.headers on
.output $1/users.csv
SELECT username, role, password_hash FROM user;
.output $1/courses.csv
SELECT code, title, 'user' || teacher AS teacher, description, '2026-01-01' AS release_date, 'open' AS enrollment FROM course;
.output $1/enrollments.csv
SELECT 'course-' || course AS course, 'user' || student AS student, '2026-11-23T12:00:00Z' AS date_entry,
    'enrolled' AS status FROM enrollment;
.output $1/materials.csv
SELECT 'course-' || course AS course, title, description, position FROM material;
.headers off
.output $1/users.ids
SELECT id, username, password_hash, role, 1795435200, '' FROM user;
.output $1/courses.ids
SELECT id, title, teacher, description, '2026-01-01', code, 'open' FROM course;
.output $1/enrollments.ids
SELECT id, student, course, 1795435200, 'enrolled' FROM enrollment;
.output $1/materials.ids
SELECT id, course, description, title, position FROM material;
SQL
}
