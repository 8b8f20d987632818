-- 810,000 rows: 10,000 users, 50,000 courses, 500,000 enrollments, 250,000 materials.
PRAGMA cache_size = -262144;
BEGIN;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
INSERT INTO users (username, password, role, created_at)
SELECT 'user' || i,
    '$argon2id$v=19$m=65536,t=3,p=1$' || substr(hex(randomblob(16)), 1, 22) || '$' || substr(hex(randomblob(32)), 1, 43),
    CASE WHEN i <= 500 THEN 'teacher' ELSE 'student' END, 1795435200 FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)
INSERT INTO course (title, teacher_id, description, release_date, code, enrollment)
SELECT 'Course number ' || i, 1 + i % 500, 'What the course number ' || i || ' is about.', '2026-01-01',
    'course-' || i, 'open' FROM n;
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 499999)
INSERT INTO enrollment (student_id, course_id, date_entry, status)
SELECT 501 + (i / 10 + (i % 10) * 950) % 9500, 1 + i / 10, 1795435200, 'enrolled' FROM n;
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 249999)
INSERT INTO material (course_id, description, title, position)
SELECT 1 + i / 5, 'Read chapter ' || i || ', and answer the questions at its end.', 'Week ' || (1 + i % 5), 1 + i % 5
FROM n;
COMMIT;
