PRAGMA journal_mode = WAL;
PRAGMA application_id = 1819112241;
PRAGMA user_version = 2;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE schema_version (
    version INTEGER NOT NULL,
    oldest_program INTEGER NOT NULL
) STRICT;
INSERT INTO schema_version VALUES(2,1);
CREATE TABLE users (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    username TEXT NOT NULL CHECK (length(username) BETWEEN 1 AND 25),
    password TEXT CHECK (length(password) <= 255),
    role TEXT NOT NULL CHECK (role IN ('teacher', 'student')),
    created_at INTEGER NOT NULL,
    disabled_at INTEGER
) STRICT;
INSERT INTO users VALUES(1,'ani','$argon2id$v=19$m=65536,t=3,p=1$IW4xxhiYhsr3QYa5xk58ZQ$bWh9AUTQ0PYcPkbNnr8WCfu8Bt1OiL1WhJ5T2U4qh0o','teacher',1795488780,NULL);
INSERT INTO users VALUES(2,'siti','$argon2id$v=19$m=65536,t=3,p=1$7oERau8O456pptH4wxrdKg$OHYZBQLOxQbIitqsHdOup7KzT4oN6m8QeBbe80og4TY','student',1795488780,NULL);
CREATE TABLE session (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL REFERENCES users (id),
    token_hash BLOB NOT NULL,
    label TEXT NOT NULL CHECK (length(label) BETWEEN 1 AND 255),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    last_used_at INTEGER NOT NULL,
    idle_limit INTEGER
) STRICT;
CREATE TABLE throttle (
    key BLOB NOT NULL PRIMARY KEY,
    failures INTEGER NOT NULL,
    pending INTEGER NOT NULL,
    since INTEGER NOT NULL,
    blocked_until INTEGER NOT NULL
) STRICT;
CREATE TABLE course (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 255),
    teacher_id INTEGER NOT NULL REFERENCES users (id),
    description TEXT CHECK (length(description) BETWEEN 1 AND 1048576),
    release_date TEXT NOT NULL CHECK (length(release_date) = 10),
    code TEXT NOT NULL CHECK (length(code) BETWEEN 1 AND 50),
    enrollment TEXT NOT NULL
        CHECK (enrollment IN ('open', 'approval', 'closed'))
) STRICT;
INSERT INTO course VALUES(1,'Biologi Dasar',1,'Sel, gen dan ekosistem.','2026-11-24','BIO-101','open');
INSERT INTO course VALUES(2,'Kimia',1,NULL,'2026-11-24','kimia','approval');
CREATE TABLE enrollment (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    student_id INTEGER NOT NULL REFERENCES users (id),
    course_id INTEGER NOT NULL REFERENCES course (id),
    date_entry INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('enrolled', 'pending')),
    UNIQUE (student_id, course_id)
) STRICT;
INSERT INTO enrollment VALUES(1,2,1,1795488781,'enrolled');
INSERT INTO enrollment VALUES(2,2,2,1795488781,'pending');
CREATE TABLE material (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    course_id INTEGER NOT NULL REFERENCES course (id),
    description TEXT NOT NULL CHECK (length(description) <= 1048576),
    title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 255),
    position INTEGER NOT NULL CHECK (position BETWEEN 1 AND 2147483647),
    UNIQUE (course_id, title)
) STRICT;
INSERT INTO material VALUES(1,1,'Membran sel itu tipis.','Minggu 1',1);
INSERT INTO material VALUES(2,1,'','Minggu 2',2);
CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    actor_id INTEGER,
    actor TEXT NOT NULL,
    via TEXT NOT NULL,
    action TEXT NOT NULL,
    course_id INTEGER NOT NULL,
    course TEXT NOT NULL,
    owner_id INTEGER NOT NULL,
    subject TEXT
) STRICT;
INSERT INTO audit VALUES(1,1795488781,1,'ani','cli','course.create',1,'BIO-101',1,'Biologi Dasar');
INSERT INTO audit VALUES(2,1795488781,1,'ani','cli','course.create',2,'kimia',1,'Kimia');
INSERT INTO audit VALUES(3,1795488781,1,'ani','cli','material.add',1,'BIO-101',1,'Minggu 1');
INSERT INTO audit VALUES(4,1795488781,1,'ani','cli','material.add',1,'BIO-101',1,'Minggu 2');
INSERT INTO audit VALUES(5,1795488781,2,'siti','cli','enrollment.join',1,'BIO-101',1,'siti');
INSERT INTO audit VALUES(6,1795488781,2,'siti','cli','enrollment.join',2,'kimia',1,'siti');
CREATE TABLE setting (
    name TEXT NOT NULL PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT;
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('users',2);
INSERT INTO sqlite_sequence VALUES('course',2);
INSERT INTO sqlite_sequence VALUES('audit',6);
INSERT INTO sqlite_sequence VALUES('material',2);
INSERT INTO sqlite_sequence VALUES('enrollment',2);
CREATE UNIQUE INDEX users_username ON users (lower(username));
CREATE UNIQUE INDEX session_token_hash ON session (token_hash);
CREATE INDEX session_user ON session (user_id);
CREATE INDEX throttle_since ON throttle (since);
CREATE UNIQUE INDEX course_code ON course (lower(code));
CREATE INDEX course_teacher ON course (teacher_id);
CREATE INDEX enrollment_course ON enrollment (course_id, status, student_id);
CREATE INDEX material_position ON material (course_id, position);
CREATE INDEX audit_owner ON audit (owner_id);
CREATE INDEX audit_course ON audit (course_id);
COMMIT;
