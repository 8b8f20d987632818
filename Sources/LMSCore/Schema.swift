package import LMSDatabase
package import LMSText

extension Schema {
    /// The tables of lms. The rules of the domain that a database can state are stated here too.
    package static let lms = Schema(
        // "lms1"
        applicationID: 0x6c6d_7331,
        migrations: [
            Migration(version: 1, oldestProgram: 1, statements: version1),
            Migration(version: 2, oldestProgram: 1, statements: version2),
            // A program that does not know the search indexes would not keep them in step.
            Migration(
                version: 3, oldestProgram: 3,
                statements: { dialect in SearchIndex.all.flatMap { dialect.fullText.create($0.name) } },
                work: { connection in
                    for index in SearchIndex.all { try index.fill(on: connection) }
                }),
            Migration(
                version: 4, oldestProgram: 3,
                statements: { dialect in
                    SearchIndex.all.flatMap { dialect.fullText.createVocabulary($0.name) }
                }),
            Migration(version: 5, oldestProgram: 3, statements: version5),
            Migration(
                version: 6, oldestProgram: 3, statements: version6,
                work: { try MaterialRows(connection: $0).fillTitleKeys() }),
            // A program that does not know it must not take a narrow token for a full one.
            Migration(
                version: 7, oldestProgram: 7, renamedTables: ["session": "login_session"], statements: version7),
        ])

    /// What is done to a backup before it is put into place. It must not bring back sign-ins that may have been
    /// revoked since, nor failures that are long past; and the log of accounts says what happened.
    ///
    /// - Parameter backup: What the file is called.
    package static func restoreCleaning(_ backup: String, at now: Instant) -> [SQL] {
        [
            "DELETE FROM login_session", "DELETE FROM throttle",
            """
            INSERT INTO account_audit (at, actor, via, action, subject)
            VALUES (\(now), \(AuditRows.operatorName), \(Surface.cli), \(AccountAction.restore), \(backup))
            """,
        ]
    }

    @Sendable
    private static func version1(_ dialect: Dialect) -> [SQL] {
        accounts(dialect) + courses(dialect) + audit(dialect)
    }

    @Sendable
    private static func version2(_ dialect: Dialect) -> [SQL] {
        [
            // What an operator set for the whole database, as numbers. What is not there has its default.
            """
            CREATE TABLE setting (
                name \(dialect.text) NOT NULL PRIMARY KEY,
                value \(dialect.integer) NOT NULL
            )\(dialect.tableOptions)
            """
        ]
    }

    /// Lists of what belongs to somebody are by id: where an index does not end with it anyway, it is named. And the
    /// search's functions became faster.
    @Sendable
    private static func version5(_ dialect: Dialect) -> [SQL] {
        guard !dialect.indexesEndWithID else { return [] }
        return [
            "DROP INDEX audit_owner", "CREATE INDEX audit_owner ON audit (owner_id, id)",
            "DROP INDEX audit_course", "CREATE INDEX audit_course ON audit (course_id, id)",
            "DROP INDEX course_teacher", "CREATE INDEX course_teacher ON course (teacher_id, id)",
            "DROP INDEX \"session_user\"", "CREATE INDEX \"session_user\" ON session (user_id, id)",
        ] + dialect.fullText.functions
    }

    /// What titles share that look the same, where it is not the title itself: of few materials, so the index is small; an
    /// older program beside this one leaves it out. And the entries of the search that very large acts leave to the
    /// transactions that follow.
    @Sendable
    private static func version6(_ dialect: Dialect) -> [SQL] {
        [
            "ALTER TABLE material ADD COLUMN title_key \(dialect.text) CHECK (length(title_key) <= 255)",
            "CREATE INDEX material_title_key ON material (course_id, title_key) WHERE title_key IS NOT NULL",
            """
            CREATE TABLE search_backlog (
                kind \(dialect.text) NOT NULL,
                id \(dialect.integer) NOT NULL,
                PRIMARY KEY (kind, id)
            )\(dialect.tableOptions)
            """,
        ] + accountLog(dialect)
    }

    /// What was done to accounts and settings, as `audit` has it for courses; and deleted courses are found by
    /// the code that they had.
    private static func accountLog(_ dialect: Dialect) -> [SQL] {
        [
            """
            CREATE TABLE account_audit (
                id \(dialect.identity),
                at \(dialect.integer) NOT NULL,
                actor_id \(dialect.integer),
                actor \(dialect.text) NOT NULL,
                via \(dialect.text) NOT NULL,
                action \(dialect.text) NOT NULL,
                subject \(dialect.text) NOT NULL
            )\(dialect.tableOptions)
            """,
            "CREATE INDEX audit_deleted ON audit (lower(course)) WHERE action = 'course.delete'",
        ]
    }

    private static func accounts(_ dialect: Dialect) -> [SQL] {
        [
            // `password` is NULL for an account that is locked until it is given one.
            """
            CREATE TABLE users (
                id \(dialect.identity),
                username \(dialect.text) NOT NULL CHECK (length(username) BETWEEN 1 AND 25),
                password \(dialect.text) CHECK (length(password) <= 255),
                role \(dialect.text) NOT NULL CHECK (role IN ('teacher', 'student')),
                created_at \(dialect.integer) NOT NULL,
                disabled_at \(dialect.integer)
            )\(dialect.tableOptions)
            """,
            "CREATE UNIQUE INDEX users_username ON users (lower(username))",
            // `idle_limit`, in seconds, is NULL for a token that may lie idle.
            """
            CREATE TABLE session (
                id \(dialect.identity),
                user_id \(dialect.integer) NOT NULL REFERENCES users (id),
                token_hash \(dialect.blob) NOT NULL,
                label \(dialect.text) NOT NULL CHECK (length(label) BETWEEN 1 AND 255),
                created_at \(dialect.integer) NOT NULL,
                expires_at \(dialect.integer) NOT NULL,
                last_used_at \(dialect.integer) NOT NULL,
                idle_limit \(dialect.integer)
            )\(dialect.tableOptions)
            """,
            "CREATE UNIQUE INDEX session_token_hash ON session (token_hash)",
            // In quotes: to PostgreSQL the name means something.
            "CREATE INDEX \"session_user\" ON session (user_id)",
            // Instants in milliseconds, unlike elsewhere: the first wait is one second.
            """
            CREATE TABLE throttle (
                key \(dialect.blob) NOT NULL PRIMARY KEY,
                failures \(dialect.integer) NOT NULL,
                pending \(dialect.integer) NOT NULL,
                since \(dialect.integer) NOT NULL,
                blocked_until \(dialect.integer) NOT NULL
            )\(dialect.tableOptions)
            """,
            "CREATE INDEX throttle_since ON throttle (since)",
        ]
    }

    private static func courses(_ dialect: Dialect) -> [SQL] {
        [
            """
            CREATE TABLE course (
                id \(dialect.identity),
                title \(dialect.text) NOT NULL CHECK (length(title) BETWEEN 1 AND 255),
                teacher_id \(dialect.integer) NOT NULL REFERENCES users (id),
                description \(dialect.text) CHECK (length(description) BETWEEN 1 AND 1048576),
                release_date \(dialect.text) NOT NULL CHECK (length(release_date) = 10),
                code \(dialect.text) NOT NULL CHECK (length(code) BETWEEN 1 AND 50),
                enrollment \(dialect.text) NOT NULL
                    CHECK (enrollment IN ('open', 'approval', 'closed'))
            )\(dialect.tableOptions)
            """,
            "CREATE UNIQUE INDEX course_code ON course (lower(code))",
            "CREATE INDEX course_teacher ON course (teacher_id)",
            """
            CREATE TABLE enrollment (
                id \(dialect.identity),
                student_id \(dialect.integer) NOT NULL REFERENCES users (id),
                course_id \(dialect.integer) NOT NULL REFERENCES course (id),
                date_entry \(dialect.integer) NOT NULL,
                status \(dialect.text) NOT NULL CHECK (status IN ('enrolled', 'pending')),
                UNIQUE (student_id, course_id)
            )\(dialect.tableOptions)
            """,
            // The roster, and the number of students, without a look at the table.
            "CREATE INDEX enrollment_course ON enrollment (course_id, status, student_id)",
            // The order is kept by the core: moving a row would break a UNIQUE half-way.
            """
            CREATE TABLE material (
                id \(dialect.identity),
                course_id \(dialect.integer) NOT NULL REFERENCES course (id),
                description \(dialect.text) NOT NULL CHECK (length(description) <= 1048576),
                title \(dialect.text) NOT NULL CHECK (length(title) BETWEEN 1 AND 255),
                position \(dialect.integer) NOT NULL CHECK (position BETWEEN 1 AND 2147483647),
                UNIQUE (course_id, title)
            )\(dialect.tableOptions)
            """,
            "CREATE INDEX material_position ON material (course_id, position)",
        ]
    }

    private static func audit(_ dialect: Dialect) -> [SQL] {
        [
            // No foreign keys: the log outlives what it tells of. `actor_id` is NULL for the operator, whose
            // `actor` is `(operator)`: no username has a parenthesis.
            """
            CREATE TABLE audit (
                id \(dialect.identity),
                at \(dialect.integer) NOT NULL,
                actor_id \(dialect.integer),
                actor \(dialect.text) NOT NULL,
                via \(dialect.text) NOT NULL,
                action \(dialect.text) NOT NULL,
                course_id \(dialect.integer) NOT NULL,
                course \(dialect.text) NOT NULL,
                owner_id \(dialect.integer) NOT NULL,
                subject \(dialect.text)
            )\(dialect.tableOptions)
            """,
            "CREATE INDEX audit_owner ON audit (owner_id)",
            "CREATE INDEX audit_course ON audit (course_id)",
        ]
    }
}
