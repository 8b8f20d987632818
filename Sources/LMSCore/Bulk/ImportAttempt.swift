internal import LMSDatabase
internal import LMSText

/// One attempt at an import, in one transaction: reads every row of every file, notes what is wrong, and writes the rest.
final class ImportAttempt {
    let transaction: Transaction
    let onConflict: ConflictPolicy
    let resetsPasswords: Bool
    let hashes: HashedPasswords
    let users: UserLookup
    let courses: CourseLookup
    /// In the school's zone.
    let today: CalendarDate
    var problems = FileProblems()
    /// The rows of the users whose passwords are not hashed yet.
    var missingHashes: [Int32] = []
    /// The courses with something new.
    var touchedCourses = IDSet()
    /// Users and courses whose own rows are bad: rows that name them are not to blame.
    private var blamed: [BulkTable: Set<String>] = [:]
    private static let blamedLimit = 10_000
    /// What those are called now who gave a username up lately, by the former names.
    private let current: [String: Username]

    init(
        _ transaction: Transaction, _ onConflict: ConflictPolicy, resetsPasswords: Bool,
        hashes: HashedPasswords
    ) throws {
        self.transaction = transaction
        self.onConflict = onConflict
        self.resetsPasswords = resetsPasswords
        self.hashes = hashes
        users = try UserLookup(UserStatements(transaction.connection))
        courses = try CourseLookup(CourseStatements(transaction.connection))
        today = try transaction.calendar().today
        current = try transaction.formerUsernames.all()
    }

    var connection: any Connection { transaction.connection }

    /// - Parameter progress: Is told how many bytes more were read.
    /// - Throws: `LMSError` that names what is wrong.
    func perform(
        _ files: [(table: BulkTable, file: any BulkFile)], progress: @escaping (Int) -> Void
    ) throws -> [ImportTotals] {
        let readers = files.map { (reader: BulkReader($0.file, $0.table, progress: progress), file: $0.file) }
        for (reader, _) in readers { _ = try reader.readHeader(&problems) }
        try problems.throwIfAny()
        let totals = try readers.map { try read($0.reader, of: $0.file) }
        try problems.throwIfAny()
        try transaction.auditImport(of: touchedCourses)
        if let users = totals.first(where: { $0.table == .users }), users.created + users.updated > 0 {
            try transaction.auditOperator(
                .importUsers, subject: "\(users.created) created, \(users.updated) updated")
        }
        return totals
    }

    private func read(_ reader: BulkReader, of file: any BulkFile) throws -> ImportTotals {
        let rows: any RowImport =
            switch reader.table {
            case .users: UserImport(self)
            case .courses: CourseImport(self)
            case .enrollments: try EnrollmentImport(self)
            case .materials: try MaterialImport(self, hasPlans: MaterialImport.hasPlans(reader))
            case .teachers: try TeacherImport(self)
            }
        var totals = ImportTotals(
            table: reader.table, isDryRun: transaction.isDryRun, file: reader.name,
            dialect: reader.dialect)
        let scout = try ImportScout(file, reader.table, for: rows, on: connection)
        while try reader.advance(&problems) {
            try scout?.prepare(reader.number)
            if let outcome = try rows.write(reader) { totals.add(outcome) }
        }
        // Also where something is wrong: the next files' rows name these.
        try rows.flush()
        if problems.isEmpty { try rows.finish() }
        return totals
    }

    // MARK: - What is wrong

    /// Performs a check of a cell, and notes what it finds fault with.
    ///
    /// - Returns: What the check returns; `nil` where it found fault.
    @inline(__always)
    func check<T>(_ column: BulkColumn, _ reader: BulkReader, _ body: () throws -> T) throws -> T? {
        do {
            return try body()
        } catch let error as LMSError {
            let value: T? = try problems.noting(reader.located((), column)) { throw error }
            if let hint = SpreadsheetTrace.hint(for: reader.bytes(column), of: column) {
                problems.add(hint: hint)
            }
            return value
        }
    }

    func note(_ column: BulkColumn, _ reader: BulkReader, _ message: String) {
        problems.add(
            reader.problem(column, message),
            hint: SpreadsheetTrace.hint(for: reader.bytes(column), of: column))
    }

    /// Remembers that the row of a user or course is bad.
    func blame(_ table: BulkTable, _ key: String) {
        if blamed[table, default: []].count < Self.blamedLimit {
            blamed[table, default: []].insert(key.lowercased())
        }
    }

    /// Notes that what a cell names is not there, unless its own row is to blame.
    func noteMissing(_ table: BulkTable, _ column: BulkColumn, _ reader: BulkReader) {
        let key = reader.text(column)
        if blamed[table]?.contains(key.lowercased()) == true { return }
        if table == .users, let renaming = renaming(of: key) { return note(column, reader, renaming) }
        note(column, reader, "there is no \(table == .users ? "user" : "course") \(quoted(key))")
    }

    /// What is said of a username that somebody gave up; `nil` for any other.
    func renaming(of username: String) -> String? {
        if current.isEmpty { return nil }
        return current[username.lowercased()].map { FormerUsername.words(username, $0) }
    }

    // MARK: - Rows that are there already

    /// What becomes of a row that is there with another value.
    enum Decision {
        case update, skip, refuse
    }

    /// - Parameters:
    ///   - id: Of the row that is there.
    ///   - column: What differs.
    ///   - written: The rows of the table that this import has written.
    func decide(
        _ id: Int64, _ key: String, _ column: BulkColumn, _ reader: BulkReader,
        _ written: inout WrittenRows
    ) -> Decision {
        if written.contains(id) {
            note(
                column, reader,
                "\(quoted(key)) is in an earlier row too, with another \(column.rawValue)")
            return .refuse
        }
        switch onConflict {
        case .skip: return .skip
        case .update:
            written.updated.insert(id)
            return .update
        case .fail:
            problems.add(
                reader.problem(column, "\(quoted(key)) is there already, with another \(column.rawValue)"),
                .conflict, hint: "Say what to do with: --on-conflict skip, or --on-conflict update")
            return .refuse
        }
    }
}

/// Writes the rows of one file.
protocol RowImport: AnyObject {
    /// Writes the row that the reader is at.
    ///
    /// - Returns: `nil` where it was refused, which is noted.
    func write(_ reader: BulkReader) throws -> RowOutcome?

    /// Writes what was gathered of the table's rows.
    func flush() throws

    /// Is called behind the last row, where nothing is wrong so far.
    func finish() throws

    // MARK: What a scout calls, at the beginning of each block

    /// Forgets the block before.
    func beginBlock()

    /// Notes what the row names that a reader is at.
    func expect(_ reader: BulkReader)

    /// Looks up what was noted, behind all rows before.
    func lookUp() throws
}

extension RowImport {
    func finish() throws {}
}

/// The rows of one table that this import has written.
struct WrittenRows {
    /// The highest id from before: ids are never given out twice, so what is new is higher.
    let before: Int64
    var updated = IDSet()

    init(above highest: Int64) {
        before = highest
    }

    func isNew(_ id: Int64) -> Bool { id > before }

    func contains(_ id: Int64) -> Bool { isNew(id) || updated.contains(id) }
}

extension LMSError {
    /// A row could not be inserted because it is there already, and is not found either.
    static let rowMissing = LMSError(
        .internal, "lms made a mistake: nothing was changed", hint: "Please report what you did.",
        causes: ["a row of an import was neither inserted nor found"])
}
