internal import LMSDatabase
internal import LMSText

/// The `trash` table, an entry for each thing that was taken away, and the mirrors of the tables that courses are made of.
///
/// An entry goes when it is older than the retention says; one that was emptied out is as old as can be. From then on nobody sees
/// it, and its rows are deleted in small steps (`workOff`). What belongs to a course that was taken away later is part of that
/// entry: it goes and comes with it.
struct TrashRows {
    let connection: any Connection

    /// A table and its mirror, which has the same columns behind `entry_id`.
    struct Mirror {
        let copied: CopiedTable
        let name: SQL

        /// - Parameter key: What the mirror's rows are ordered by.
        init(_ original: CopiedTable, _ table: String, _ name: SQL, by key: SQL) {
            copied = CopiedTable(table, name, ["entry_id"] + original.columns, by: key, hasSequence: false)
            self.original = original
            self.name = name
        }

        private let original: CopiedTable

        /// Copies rows into the trash.
        func keep(_ entry: TrashID, where condition: SQL, on connection: any Connection) throws {
            try connection.execute(
                """
                INSERT INTO \(name) (entry_id, \(joined: original.columns))
                SELECT \(entry), \(joined: original.columns) FROM \(original.table) WHERE \(condition)
                """)
        }

        /// Copies the rows of an entry back.
        ///
        /// - Parameter condition: On the mirror: which of them.
        /// - Returns: How many.
        func restore(_ entry: TrashID, where condition: SQL = "TRUE", on connection: any Connection) throws -> Int {
            try connection.execute(
                """
                INSERT INTO \(original.table) (\(joined: original.columns))
                SELECT \(joined: original.columns) FROM \(name) WHERE entry_id = \(entry) AND \(condition)
                """)
        }
    }

    static let courses = Mirror(CourseRows.copied, "trash_course", "trash_course", by: "id")
    static let keys = Mirror(EnrollmentKeyRows.copied, "trash_course_key", "trash_course_key", by: "course_id")
    static let teachers = Mirror(CourseRows.copiedTeachers, "trash_co_teacher", "trash_co_teacher", by: "entry_id, user_id")
    static let enrollments = Mirror(EnrollmentRows.copied, "trash_enrollment", "trash_enrollment", by: "id")
    static let materials = Mirror(MaterialRows.copied, "trash_material", "trash_material", by: "id")

    static let copied =
        [
            CopiedTable(
                "trash", "trash",
                ["id", "kind", "course_id", "course", "owner_id", "title", "person_id", "actor_id", "at", "part_of"],
                // What is part of another entry is older than that, and its row refers to it.
                by: "CASE WHEN part_of IS NULL THEN 0 ELSE 1 END, id")
        ] + [courses, keys, teachers, enrollments, materials].map(\.copied)

    // MARK: - Taking away

    /// Makes an entry, and copies its rows: whoever calls it deletes them.
    ///
    /// - Parameters:
    ///   - subject: What was taken away, or whose place in the course it was.
    ///   - rows: Which rows of which tables.
    /// - Returns: `nil` where nothing is kept.
    func keep(
        _ kind: TrashKind, of course: Course, _ subject: Subject, by actor: UserID, at now: Instant,
        rows: [(mirror: Mirror, condition: SQL)]
    ) throws -> TrashID? {
        let retention = try retention()
        try workOff(Self.smallStep, before: now - retention)
        guard retention.seconds > 0 else { return nil }
        let (title, person): (String?, SQL) =
            switch subject {
            case .title(let title): (title, "NULL")
            case .student(let enrollment): (nil, "(SELECT student_id FROM enrollment WHERE id = \(enrollment))")
            case .teacher(let id): (nil, "\(id)")
            }
        let id = try connection.insert(
            """
            INSERT INTO trash (kind, course_id, course, owner_id, title, person_id, actor_id, at)
            VALUES (\(kind), \(course.id), \(course.code), \(course.teacherID), \(title), \(person), \(actor), \(now))
            """
        ).map(TrashID.init(rawValue:))
        guard let id else { throw DatabaseError(.internal, "the trash took nothing") }
        for (mirror, condition) in rows { try mirror.keep(id, where: condition, on: connection) }
        return id
    }

    enum Subject {
        case title(String)
        case student(of: EnrollmentID)
        case teacher(UserID)
    }

    /// What was taken away of a course before is part of its own entry from now on.
    func gather(_ course: CourseID, into entry: TrashID) throws {
        try connection.execute(
            """
            UPDATE trash SET part_of = \(entry)
            WHERE course_id = \(course) AND id <> \(entry) AND part_of IS NULL
            """)
    }

    // MARK: - What is there

    /// An entry with what it takes to judge who may bring it back.
    struct Found {
        let entry: TrashEntry
        let kind: TrashKind
        let course: CourseID
        let owner: UserID
        let person: UserID?
    }

    /// - Parameter earliest: Older entries are gone.
    func find(_ id: TrashID, since earliest: Instant) throws -> Found? {
        let retention = try retention()
        return try connection.row(
            """
            SELECT \(Self.columns), course_id, owner_id, person_id FROM \(Self.tables)
            WHERE trash.id = \(id) AND trash.part_of IS NULL AND trash.at > \(earliest)
            """
        ).map { row in
            Found(
                entry: try Self.decode(row, retention), kind: try row["kind"], course: try row["course_id"],
                owner: try row["owner_id"], person: try row["person_id"])
        }
    }

    /// What one teacher can bring back: of his own courses all, of those that he teaches beside their owners what is of the course.
    /// Newest first.
    ///
    /// - Parameters:
    ///   - filter: A condition on `trash`, behind others.
    ///   - cut: The session whose courses are all that is seen; `nil` where all are.
    func page(
        of teacher: UserID, _ filter: SQL, within cut: SessionID?, _ request: PageRequest, since earliest: Instant
    ) throws -> Page<TrashEntry> {
        let retention = try retention()
        let before = try request.after?.id(as: TrashID.self) ?? TrashID(rawValue: .max)
        let shared = TrashKind.allCases.filter(\.isOfCourse)
        let wanted: SQL = """
            trash.id < \(before) AND trash.part_of IS NULL AND trash.at > \(earliest)\(Policy.within(cut, "trash.course_id"))\(filter)
            """
        return try connection.page(
            request,
            """
            SELECT \(Self.columns) FROM \(Self.tables)
            WHERE trash.id IN (
                SELECT id FROM (
                    SELECT trash.id FROM trash WHERE trash.owner_id = \(teacher) AND \(wanted)
                    ORDER BY trash.id DESC LIMIT \(request.limit + 1)) AS own
                UNION
                SELECT id FROM (
                    SELECT trash.id FROM co_teacher JOIN trash ON trash.course_id = co_teacher.course_id
                    WHERE co_teacher.user_id = \(teacher) AND trash.kind IN (\(list: shared)) AND \(wanted)
                    ORDER BY trash.id DESC LIMIT \(request.limit + 1)) AS shared
            )
            ORDER BY trash.id DESC LIMIT \(request.limit + 1)
            """,
            cursor: { Cursor($0) },
            decode: { row in
                let entry = try Self.decode(row, retention)
                return (entry, entry.id, 200 + entry.subject.utf8.count)
            })
    }

    private static let tables: SQL = """
        trash LEFT JOIN users AS person ON person.id = trash.person_id LEFT JOIN users AS actor ON actor.id = trash.actor_id
        """
    private static let columns: SQL = """
        trash.id, trash.kind, trash.course, trash.title, trash.at, person.username AS person, actor.username AS actor
        """

    private static func decode(_ row: Row, _ retention: Lifetime) throws -> TrashEntry {
        let (title, person, actor): (String?, String?, String?) = (try row["title"], try row["person"], try row["actor"])
        let at: Instant = try row["at"]
        return TrashEntry(
            id: try row["id"], kind: try row["kind"], course: try row["course"],
            subject: title ?? person ?? SubjectNames.deleted, at: at, by: actor ?? SubjectNames.deleted,
            expiresAt: at + retention)
    }

    // MARK: - What goes for good

    /// How long entries are kept: the standard time also where the stored one is out of range; 0 seconds where nothing is.
    func retention() throws -> Lifetime {
        let stored: Lifetime? = try connection.value("SELECT value FROM setting WHERE name = 'trash_retention'")
        guard let stored, TrashRetention.limits.contains(stored.seconds) else { return TrashRetention.standard }
        return stored
    }

    func setRetention(_ retention: Lifetime) throws {
        try connection.execute("DELETE FROM setting WHERE name = 'trash_retention'")
        try connection.execute("INSERT INTO setting (name, value) VALUES ('trash_retention', \(retention))")
    }

    /// Nobody sees the entry any more; its rows go in steps that follow.
    func empty(_ entry: TrashID) throws {
        try connection.execute("UPDATE trash SET at = \(Self.longAgo) WHERE id = \(entry) OR part_of = \(entry)")
    }

    static let longAgo = Instant.limits.lowerBound

    /// Deletes some rows of entries that nobody sees.
    ///
    /// - Parameter count: How many rows at most; a text counts as many.
    /// - Returns: Whether there may be more.
    @discardableResult
    func workOff(_ count: Int, before earliest: Instant) throws -> Bool {
        let entry: TrashID? = try connection.value("SELECT id FROM trash WHERE at <= \(earliest) ORDER BY at, id LIMIT 1")
        guard let entry else { return false }
        let texts = try connection.execute(
            """
            DELETE FROM trash_material
            WHERE id IN (SELECT id FROM trash_material WHERE entry_id = \(entry) LIMIT \(max(1, count / 32)))
            """)
        if texts > 0 { return true }
        let students = try connection.execute(
            "DELETE FROM trash_enrollment WHERE id IN (SELECT id FROM trash_enrollment WHERE entry_id = \(entry) LIMIT \(count))")
        if students > 0 { return true }
        // The rest is few rows, which go with it.
        try connection.execute(
            "DELETE FROM trash WHERE id = \(entry) AND NOT EXISTS (SELECT 1 FROM trash WHERE part_of = \(entry))")
        try connection.execute("UPDATE trash SET at = \(Self.longAgo), part_of = NULL WHERE part_of = \(entry)")
        return true
    }

    /// What an act deletes besides.
    private static let smallStep = 64
    /// What a transaction of its own deletes.
    static let step = 1_000
}

extension LocalService {
    /// Deletes what nobody sees any more of the trash, in steps between which others write, also where the caller has gone meanwhile.
    /// What a program leaves undone that ends before, acts that follow do.
    func workOffTrash() async {
        let (database, clock) = (database, clock)
        await Task {
            var isMore = true
            while isMore {
                isMore =
                    (try? await database.write {
                        let rows = TrashRows(connection: $0)
                        return try rows.workOff(TrashRows.step, before: clock() - rows.retention())
                    }) ?? false
                if isMore { try? await Task.sleep(for: SearchBacklog.pause) }
            }
        }.value
    }
}

extension Context {
    var trash: TrashRows { TrashRows(connection: transaction.connection) }

    /// What was taken away before is gone.
    func earliestTrash() throws -> Instant { now - (try trash.retention()) }
}
