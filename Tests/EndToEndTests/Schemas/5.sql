PRAGMA journal_mode = WAL;
PRAGMA application_id = 1819112241;
PRAGMA user_version = 5;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE schema_version (
    version INTEGER NOT NULL,
    oldest_program INTEGER NOT NULL
) STRICT;
INSERT INTO schema_version VALUES(5,3);
CREATE TABLE users (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    username TEXT NOT NULL CHECK (length(username) BETWEEN 1 AND 25),
    password TEXT CHECK (length(password) <= 255),
    role TEXT NOT NULL CHECK (role IN ('teacher', 'student')),
    created_at INTEGER NOT NULL,
    disabled_at INTEGER
) STRICT;
INSERT INTO users VALUES(1,'ani','$argon2id$v=19$m=65536,t=3,p=1$TX0i7HdSP+g0HQnX9XBdjg$S5BCFjQmFOPSafYbH2VT0fRD8wmS6A4phHBWhSZuGF0','teacher',1795702899,NULL);
INSERT INTO users VALUES(2,'siti','$argon2id$v=19$m=65536,t=3,p=1$kTnfxMEiSLI8drtoETZ05A$eVbYJBss+S3w1xbngqmfEwCxXoYK689tqlwUWb/elb4','student',1795702899,NULL);
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
INSERT INTO enrollment VALUES(1,2,1,1795702900,'enrolled');
INSERT INTO enrollment VALUES(2,2,2,1795702900,'pending');
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
INSERT INTO audit VALUES(1,1795702900,1,'ani','cli','course.create',1,'BIO-101',1,'Biologi Dasar');
INSERT INTO audit VALUES(2,1795702900,1,'ani','cli','course.create',2,'kimia',1,'Kimia');
INSERT INTO audit VALUES(3,1795702900,1,'ani','cli','material.add',1,'BIO-101',1,'Minggu 1');
INSERT INTO audit VALUES(4,1795702900,2,'siti','cli','enrollment.join',1,'BIO-101',1,'siti');
INSERT INTO audit VALUES(5,1795702900,2,'siti','cli','enrollment.join',2,'kimia',1,'siti');
INSERT INTO audit VALUES(6,1795702910,1,'ani','cli','material.add',1,'BIO-101',1,'Minggu 2');
CREATE TABLE setting (
    name TEXT NOT NULL PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT;
PRAGMA writable_schema=ON;
INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','course_search','course_search',0,'CREATE VIRTUAL TABLE course_search USING fts5(
    heading, body, tokenize = ''ascii'', prefix = ''1 2 3'', columnsize = 0)');
CREATE TABLE IF NOT EXISTS 'course_search_data'(id INTEGER PRIMARY KEY, block BLOB);
INSERT INTO course_search_data VALUES(1,X'020604');
INSERT INTO course_search_data VALUES(10,X'000000000102020002010101020101');
INSERT INTO course_search_data VALUES(137438953473,X'000000f70430313031010203010362696f01020204046c6f6769010204010364616e010601010403037361720102050109656b6f73697374656d0106010105010367656e0106010103010373656c0106010102000231310102030101620104020401016401080501010401016501060101050101670106010103010173010601010200033231300102030102626901040204010264610108050101040102656b0106010105010267650106010103010273650106010102000433313031010203010362696f01040204010364616e01060101040301730102050103656b6f0106010105010367656e0106010103010373656c0106010102040808090a08100a0a07070908080808080a09090909090a060a0a');
INSERT INTO course_search_data VALUES(274877906945,X'0000002a06306b696d6961020402030002316b020402030003326b69020402030004336b696d02040203040b0809');
CREATE TABLE IF NOT EXISTS 'course_search_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
INSERT INTO course_search_idx VALUES(1,X'',2);
INSERT INTO course_search_idx VALUES(2,X'',2);
CREATE TABLE IF NOT EXISTS 'course_search_content'(id INTEGER PRIMARY KEY, c0, c1);
INSERT INTO course_search_content VALUES(1,'bio 101 biologi dasar','sel gen dan ekosistem');
INSERT INTO course_search_content VALUES(2,'kimia kimia','');
CREATE TABLE IF NOT EXISTS 'course_search_config'(k PRIMARY KEY, v) WITHOUT ROWID;
INSERT INTO course_search_config VALUES('version',4);
INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','material_search','material_search',0,'CREATE VIRTUAL TABLE material_search USING fts5(
    heading, body, tokenize = ''ascii'', prefix = ''1 2 3'', columnsize = 0)');
CREATE TABLE IF NOT EXISTS 'material_search_data'(id INTEGER PRIMARY KEY, block BLOB);
INSERT INTO material_search_data VALUES(1,X'020404');
INSERT INTO material_search_data VALUES(10,X'000000000102020002010101020101');
INSERT INTO material_search_data VALUES(137438953473,X'000000c50230310102030103697475010601010401076d656d6272616e01060101020205696e676775010202010373656c010601010301057469706973010601010500023131010203010169010601010401016d010802010102010173010601010301017401060101050003326974010601010401026d650106010102020169010202010273650106010103010274690106010105000433697475010601010401036d656d01060101020202696e010202010373656c01060101030103746970010601010504060a0e0a0a0c07080908080a090609090b0a070a');
INSERT INTO material_search_data VALUES(274877906945,X'0000003302303202020301066d696e6767750202020002313202020301016d0202020003326d690202020004336d696e02020204060b070608');
CREATE TABLE IF NOT EXISTS 'material_search_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
INSERT INTO material_search_idx VALUES(1,X'',2);
INSERT INTO material_search_idx VALUES(2,X'',2);
CREATE TABLE IF NOT EXISTS 'material_search_content'(id INTEGER PRIMARY KEY, c0, c1);
INSERT INTO material_search_content VALUES(1,'minggu 1','membran sel itu tipis');
INSERT INTO material_search_content VALUES(2,'minggu 2','');
CREATE TABLE IF NOT EXISTS 'material_search_config'(k PRIMARY KEY, v) WITHOUT ROWID;
INSERT INTO material_search_config VALUES('version',4);
INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','course_search_words','course_search_words',0,'CREATE VIRTUAL TABLE course_search_words USING fts5vocab(course_search, instance)');
INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','material_search_words','material_search_words',0,'CREATE VIRTUAL TABLE material_search_words USING fts5vocab(material_search, instance)');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('users',2);
INSERT INTO sqlite_sequence VALUES('course',2);
INSERT INTO sqlite_sequence VALUES('audit',6);
INSERT INTO sqlite_sequence VALUES('material',2);
INSERT INTO sqlite_sequence VALUES('enrollment',2);
CREATE UNIQUE INDEX users_username ON users (lower(username));
CREATE UNIQUE INDEX session_token_hash ON session (token_hash);
CREATE INDEX "session_user" ON session (user_id);
CREATE INDEX throttle_since ON throttle (since);
CREATE UNIQUE INDEX course_code ON course (lower(code));
CREATE INDEX course_teacher ON course (teacher_id);
CREATE INDEX enrollment_course ON enrollment (course_id, status, student_id);
CREATE INDEX material_position ON material (course_id, position);
CREATE INDEX audit_owner ON audit (owner_id);
CREATE INDEX audit_course ON audit (course_id);
PRAGMA writable_schema=OFF;
COMMIT;
