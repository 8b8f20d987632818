-- The same rows as in bulk, in tables without constraints, with the same indexes.
CREATE TABLE users (id INTEGER PRIMARY KEY, username, password, role, created_at, disabled_at);
CREATE TABLE course (id INTEGER PRIMARY KEY, title, teacher_id, description, release_date, code, enrollment);
CREATE TABLE enrollment (id INTEGER PRIMARY KEY, student_id, course_id, date_entry, status);
CREATE TABLE material (id INTEGER PRIMARY KEY, course_id, description, title, position);
INSERT INTO users SELECT * FROM bulk.users;
INSERT INTO course SELECT * FROM bulk.course;
INSERT INTO enrollment SELECT * FROM bulk.enrollment;
INSERT INTO material SELECT * FROM bulk.material;
CREATE UNIQUE INDEX users_username ON users (lower(username));
CREATE UNIQUE INDEX course_code ON course (lower(code));
CREATE INDEX course_teacher ON course (teacher_id);
CREATE UNIQUE INDEX enrollment_student ON enrollment (student_id, course_id);
CREATE INDEX enrollment_course ON enrollment (course_id, status, student_id);
CREATE UNIQUE INDEX material_title ON material (course_id, title);
CREATE INDEX material_position ON material (course_id, position);
