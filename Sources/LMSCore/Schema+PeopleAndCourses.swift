internal import LMSDatabase

extension Schema {
    /// People with names, several teachers of a course, keys, tokens that can do less, and the school's zone.
    ///
    /// It fails closed: programs up to schema 6 look at the schema only as they open a database, so those that run find no
    /// `session` from here on. Later ones look in each transaction. No table is copied: what a column's CHECK would not allow, the
    /// way in by a key, stands beside the course.
    @Sendable
    static func version7(_ dialect: Dialect) -> [SQL] {
        [
            "ALTER TABLE \"session\" RENAME TO login_session",
            // Whether a token only reads; and whether it is for the courses of `token_course` alone, of which none may be left.
            "ALTER TABLE login_session ADD COLUMN reads_only \(dialect.integer) NOT NULL DEFAULT 0",
            "ALTER TABLE login_session ADD COLUMN is_cut \(dialect.integer) NOT NULL DEFAULT 0",
            // Without a reference to the course, which may go: its id is never given to another one.
            """
            CREATE TABLE token_course (
                session_id \(dialect.integer) NOT NULL REFERENCES login_session (id) ON DELETE CASCADE,
                course_id \(dialect.integer) NOT NULL,
                PRIMARY KEY (session_id, course_id)
            )\(dialect.tableOptions)
            """,
            "ALTER TABLE users ADD COLUMN name \(dialect.text) CHECK (length(name) BETWEEN 1 AND 100)",
            // Whether the operator gave it.
            "ALTER TABLE users ADD COLUMN name_is_given \(dialect.integer) NOT NULL DEFAULT 0",
            "ALTER TABLE users ADD COLUMN number \(dialect.text) CHECK (length(number) BETWEEN 1 AND 50)",
            "CREATE UNIQUE INDEX users_number ON users (lower(number)) WHERE number IS NOT NULL",
            // Names that are given to nobody else for a while, folded.
            """
            CREATE TABLE former_username (
                username \(dialect.text) NOT NULL PRIMARY KEY,
                user_id \(dialect.integer) NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                given_up_at \(dialect.integer) NOT NULL
            )\(dialect.tableOptions)
            """,
            "CREATE INDEX former_username_user ON former_username (user_id)",
            // The school's zone, with what the zone database has of it; NULL for an offset. It is UTC where there is no row.
            """
            CREATE TABLE school_zone (
                id \(dialect.integer) NOT NULL PRIMARY KEY CHECK (id = 1),
                name \(dialect.text) NOT NULL,
                file \(dialect.blob) CHECK (length(file) <= 65536)
            )\(dialect.tableOptions)
            """,
        ] + archives(dialect) + teachersAndKeys(dialect) + plans(dialect) + news(dialect) + trash(dialect)
    }

    /// Since when a course is read-only. The catalogue, which has the others alone, keeps its pages: what is archived is in none of
    /// them, however much of it there is.
    private static func archives(_ dialect: Dialect) -> [SQL] {
        [
            "ALTER TABLE course ADD COLUMN archived_at \(dialect.integer)",
            "CREATE INDEX course_live ON course (id) WHERE archived_at IS NULL",
        ]
    }

    /// Headings, drafts and dates of materials. The index in their order has all that tells what students see and what is new,
    /// so that counting looks into no text.
    private static func plans(_ dialect: Dialect) -> [SQL] {
        [
            "ALTER TABLE material ADD COLUMN section \(dialect.text) CHECK (length(section) BETWEEN 1 AND 255)",
            "ALTER TABLE material ADD COLUMN hidden \(dialect.integer) NOT NULL DEFAULT 0 CHECK (hidden IN (0, 1))",
            "ALTER TABLE material ADD COLUMN release_date \(dialect.text)",
            // A day's end is its hour 24, so that texts are in the order of time.
            "ALTER TABLE material ADD COLUMN due \(dialect.text)",
            // What is not known, of materials from before, is NULL. `modified_at` is of the text.
            "ALTER TABLE material ADD COLUMN created_at \(dialect.integer)",
            "ALTER TABLE material ADD COLUMN unhidden_at \(dialect.integer)",
            "ALTER TABLE material ADD COLUMN modified_at \(dialect.integer)",
            "DROP INDEX material_position",
            """
            CREATE INDEX material_position ON material
                (course_id, position, hidden, release_date, created_at, unhidden_at, modified_at\(id(dialect)))
            """,
            "CREATE INDEX material_due ON material (course_id, due) WHERE due IS NOT NULL",
        ]
    }

    /// What an index ends with anyway, or is told to, so that news are found without a look at rows.
    private static func id(_ dialect: Dialect) -> SQL { dialect.indexesEndWithID ? "" : ", id" }

    /// Whether somebody asked to join, which the log says as it says that somebody joined; and the entries by time.
    private static func news(_ dialect: Dialect) -> [SQL] {
        [
            "ALTER TABLE audit ADD COLUMN is_request \(dialect.integer) NOT NULL DEFAULT 0",
            "CREATE INDEX audit_news ON audit (course_id, at, action\(id(dialect))) WHERE \(AuditRows.isForNews)",
            // Of those from before, the ones that wait still are known.
            """
            UPDATE audit SET is_request = 1
            WHERE action = 'enrollment.join' AND EXISTS (
                SELECT 1 FROM enrollment
                WHERE enrollment.course_id = audit.course_id AND enrollment.student_id = audit.actor_id
                    AND enrollment.date_entry = audit.at AND enrollment.status = 'pending')
            """,
        ]
    }

    private static func teachersAndKeys(_ dialect: Dialect) -> [SQL] {
        [
            // The owner stays in `course.teacher_id`; these teach beside him.
            """
            CREATE TABLE co_teacher (
                course_id \(dialect.integer) NOT NULL REFERENCES course (id) ON DELETE CASCADE,
                user_id \(dialect.integer) NOT NULL REFERENCES users (id),
                added_at \(dialect.integer) NOT NULL,
                PRIMARY KEY (course_id, user_id)
            )\(dialect.tableOptions)
            """,
            "CREATE INDEX co_teacher_user ON co_teacher (user_id, course_id)",
            // Where it is awake, the course's way in is its key, and `course.enrollment` is `closed`.
            """
            CREATE TABLE course_key (
                course_id \(dialect.integer) NOT NULL PRIMARY KEY REFERENCES course (id) ON DELETE CASCADE,
                key \(dialect.text) NOT NULL CHECK (length(key) = 8),
                is_awake \(dialect.integer) NOT NULL,
                is_disabled \(dialect.integer) NOT NULL,
                expires_at \(dialect.integer),
                use_limit \(dialect.integer),
                uses \(dialect.integer) NOT NULL
            )\(dialect.tableOptions)
            """,
            "CREATE UNIQUE INDEX course_key_key ON course_key (key)",
        ]
    }

    /// What was taken away lately, and can come back (`TrashRows`). Each of the tables that courses are made of has a mirror, with
    /// all its columns: rows are moved by statements, and no other query knows of these tables.
    private static func trash(_ dialect: Dialect) -> [SQL] {
        [
            """
            CREATE TABLE trash (
                id \(dialect.identity),
                kind \(dialect.text) NOT NULL,
                course_id \(dialect.integer) NOT NULL,
                course \(dialect.text) NOT NULL,
                owner_id \(dialect.integer) NOT NULL,
                title \(dialect.text),
                person_id \(dialect.integer),
                actor_id \(dialect.integer) NOT NULL,
                at \(dialect.integer) NOT NULL,
                part_of \(dialect.integer) REFERENCES trash (id) ON DELETE CASCADE
            )\(dialect.tableOptions)
            """,
            "CREATE INDEX trash_owner ON trash (owner_id, id)",
            "CREATE INDEX trash_course_entries ON trash (course_id, id)",
            "CREATE INDEX trash_at ON trash (at)",
            "CREATE INDEX trash_person ON trash (person_id) WHERE person_id IS NOT NULL",
            "CREATE INDEX trash_part_of ON trash (part_of) WHERE part_of IS NOT NULL",
            """
            CREATE TABLE trash_course (
                entry_id \(dialect.integer) NOT NULL REFERENCES trash (id) ON DELETE CASCADE,
                id \(dialect.integer) NOT NULL PRIMARY KEY,
                title \(dialect.text) NOT NULL,
                teacher_id \(dialect.integer) NOT NULL,
                description \(dialect.text),
                release_date \(dialect.text) NOT NULL,
                code \(dialect.text) NOT NULL,
                enrollment \(dialect.text) NOT NULL,
                archived_at \(dialect.integer)
            )\(dialect.tableOptions)
            """,
            "CREATE INDEX trash_course_entry ON trash_course (entry_id)",
            "CREATE INDEX trash_course_teacher ON trash_course (teacher_id)",
            """
            CREATE TABLE trash_course_key (
                entry_id \(dialect.integer) NOT NULL REFERENCES trash (id) ON DELETE CASCADE,
                course_id \(dialect.integer) NOT NULL PRIMARY KEY,
                key \(dialect.text) NOT NULL,
                is_awake \(dialect.integer) NOT NULL,
                is_disabled \(dialect.integer) NOT NULL,
                expires_at \(dialect.integer),
                use_limit \(dialect.integer),
                uses \(dialect.integer) NOT NULL
            )\(dialect.tableOptions)
            """,
            "CREATE INDEX trash_course_key_entry ON trash_course_key (entry_id)",
            """
            CREATE TABLE trash_co_teacher (
                entry_id \(dialect.integer) NOT NULL REFERENCES trash (id) ON DELETE CASCADE,
                course_id \(dialect.integer) NOT NULL,
                user_id \(dialect.integer) NOT NULL,
                added_at \(dialect.integer) NOT NULL,
                PRIMARY KEY (entry_id, user_id)
            )\(dialect.tableOptions)
            """,
            "CREATE INDEX trash_co_teacher_user ON trash_co_teacher (user_id)",
            """
            CREATE TABLE trash_enrollment (
                entry_id \(dialect.integer) NOT NULL REFERENCES trash (id) ON DELETE CASCADE,
                id \(dialect.integer) NOT NULL PRIMARY KEY,
                course_id \(dialect.integer) NOT NULL,
                student_id \(dialect.integer) NOT NULL,
                date_entry \(dialect.integer) NOT NULL,
                status \(dialect.text) NOT NULL
            )\(dialect.tableOptions)
            """,
            "CREATE INDEX trash_enrollment_entry ON trash_enrollment (entry_id)",
            "CREATE INDEX trash_enrollment_student ON trash_enrollment (student_id)",
            """
            CREATE TABLE trash_material (
                entry_id \(dialect.integer) NOT NULL REFERENCES trash (id) ON DELETE CASCADE,
                id \(dialect.integer) NOT NULL PRIMARY KEY,
                course_id \(dialect.integer) NOT NULL,
                title \(dialect.text) NOT NULL,
                position \(dialect.integer) NOT NULL,
                title_key \(dialect.text),
                section \(dialect.text),
                hidden \(dialect.integer) NOT NULL,
                release_date \(dialect.text),
                due \(dialect.text),
                created_at \(dialect.integer),
                unhidden_at \(dialect.integer),
                modified_at \(dialect.integer),
                description \(dialect.text) NOT NULL
            )\(dialect.tableOptions)
            """,
            "CREATE INDEX trash_material_entry ON trash_material (entry_id)",
        ]
    }
}
