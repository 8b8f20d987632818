package import LMSText

/// A folder that bulk files are read from.
package protocol BulkFolder: Sendable {
    /// The names of all that is in it.
    ///
    /// - Throws: `LMSError` where it cannot be read.
    func names() throws -> [String]

    /// Opens a file of the folder.
    ///
    /// - Returns: `nil` where there is none of that name.
    /// - Throws: `LMSError` where it cannot be read.
    func open(_ name: String) throws -> (any BulkFile)?
}

/// A file of rows. What it throws is an `LMSError`, `io` for what cannot be read.
package protocol BulkFile: ByteSource {
    /// As messages name it.
    var name: String { get }
    /// In bytes.
    var size: Int { get }
    /// Whether it is another one than it was when it was opened.
    var hasChanged: Bool { get }
}

/// How far a bulk act is.
package enum BulkProgress: Sendable, Equatable {
    /// In bytes.
    case reading(done: Int, of: Int)
    /// In passwords.
    case hashing(done: Int, of: Int)
    /// In rows, of all tables.
    case copying(done: Int, of: Int)
    /// In rows that were written, of all tables.
    case comparing(done: Int, of: Int)
    /// In entries of the search.
    case indexing(done: Int, of: Int)
}

/// The kinds of rows, in an order in which each refers to those before it.
package enum BulkTable: String, Sendable, CaseIterable {
    case users, courses, enrollments, materials, teachers

    package var fileName: String { "\(rawValue).csv" }

    /// What cells of its header may say, in lower case.
    var headerNames: Set<String> {
        Set(columns.map(\.rawValue)).union(
            columns.contains(.enrollment) ? [BulkColumn.britishEnrollment] : [])
    }

    var columns: [BulkColumn] {
        switch self {
        case .users: [.username, .role, .password, .passwordHash, .disabled, .name, .number]
        case .courses:
            [
                .code, .title, .teacher, .description, .releaseDate, .enrollment, .enrollmentKey, .keyExpires, .keyUses,
                .archivedAt,
            ]
        case .enrollments: [.course, .student, .dateEntry, .status]
        case .materials: [.course, .title, .description, .position, .section, .hidden, .releaseDate, .due]
        case .teachers: [.course, .teacher]
        }
    }

    func requires(_ column: BulkColumn) -> Bool {
        switch (self, column) {
        case (.users, .username), (.users, .role), (.courses, .code), (.courses, .title),
            (.courses, .teacher), (.enrollments, .course), (.enrollments, .student), (.materials, .course),
            (.materials, .title), (.materials, .description), (.teachers, .course), (.teachers, .teacher):
            true
        default: false
        }
    }
}

/// A column of a bulk file, by its name in the header.
enum BulkColumn: String, Sendable, CaseIterable {
    case username, role, password
    case passwordHash = "password_hash"
    case disabled, code, title, teacher, description
    case releaseDate = "release_date"
    case enrollment, course, student
    case dateEntry = "date_entry"
    case status, position, name, number
    case enrollmentKey = "enrollment_key"
    case keyExpires = "key_expires"
    case keyUses = "key_uses"
    case section, hidden, due
    case archivedAt = "archived_at"

    /// How the British spell a column of ours.
    static let britishEnrollment = "enrolment"

    /// - Parameter header: As a header names it, in lower case.
    init?(header: String) {
        self.init(rawValue: header == Self.britishEnrollment ? Self.enrollment.rawValue : header)
    }

    init(_ field: CourseField) {
        self =
            switch field {
            case .title: .title
            case .code: .code
            case .description: .description
            case .releaseDate: .releaseDate
            case .enrollment: .enrollment
            }
    }

    /// - Parameter field: Of a material's plan.
    init?(_ field: MaterialField) {
        switch field {
        case .section: self = .section
        case .hidden: self = .hidden
        case .releaseDate: self = .releaseDate
        case .due: self = .due
        case .title, .description, .position: return nil
        }
    }

    /// Whether a cell is what stands in the file, also where a spreadsheet would run it.
    var isVerbatim: Bool { self == .password || self == .passwordHash }

    /// Whether it is written only where secrets are asked for.
    var isSecret: Bool {
        switch self {
        case .passwordHash, .enrollmentKey, .keyExpires, .keyUses: true
        default: false
        }
    }

    /// Where a table keeps it among its columns.
    var index: Int {
        switch self {
        case .username: 0
        case .role: 1
        case .password: 2
        case .passwordHash: 3
        case .disabled: 4
        case .code: 5
        case .title: 6
        case .teacher: 7
        case .description: 8
        case .releaseDate: 9
        case .enrollment: 10
        case .course: 11
        case .student: 12
        case .dateEntry: 13
        case .status: 14
        case .position: 15
        case .name: 16
        case .number: 17
        case .enrollmentKey: 18
        case .keyExpires: 19
        case .keyUses: 20
        case .section: 21
        case .hidden: 22
        case .due: 23
        case .archivedAt: 24
        }
    }
}
