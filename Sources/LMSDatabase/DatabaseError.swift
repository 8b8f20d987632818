package import SystemPackage

/// What went wrong in a database, by the decision that it asks for.
@usableFromInline
package struct DatabaseError: Error, Sendable {
    package enum Kind: Sendable, Equatable {
        // MARK: What a statement may not do

        /// A unique index or constraint refused the row.
        case uniqueViolation
        /// A foreign key refused the row, or its deletion.
        case foreignKeyViolation
        /// A CHECK or NOT NULL refused the row.
        case checkViolation

        // MARK: Others at work

        /// Another writer held the database longer than we wait.
        case busy
        /// Other transactions were in the way, each time that it was tried.
        case conflict
        /// The task was cancelled: nothing was changed.
        case cancelled

        // MARK: A database's content

        /// The database belongs to another program, or is no database.
        case foreignDatabase
        /// What is stored is damaged.
        case damaged
        /// The schema needs a newer program.
        case schemaTooNew
        /// The schema is older than this program, and only `migrate` may change it.
        case schemaTooOld

        // MARK: Files

        case fileNotFound
        /// There is a file with nothing in it.
        case emptyFile
        case readOnlyFile
        /// The file or its folder cannot be opened, read or written.
        case fileInaccessible
        case diskFull

        // MARK: Servers

        /// The URL is none that a server can be found by.
        case malformedURL
        /// The database's server does not answer: nothing was changed.
        case serverUnreachable
        /// There is no connection as safe as was asked for: TLS, or a certificate.
        case noSecureConnection
        /// The server does not let this user in: the name, the password, or from where.
        case loginRefused
        /// The server does not let this user do this.
        case permissionDenied
        /// There is no database of that name on the server.
        case databaseNotFound
        /// The database on the server has no tables of ours.
        case noTables
        /// The server takes no writes: it is a replica.
        case readOnlyServer
        /// The server failed: something ran out, or it has a defect.
        case serverFailure
        /// The server did not answer to the end of a transaction: it may have been done.
        case outcomeUnknown

        /// A defect of ours.
        case `internal`

        /// Whether our statements never fail so on a database that is as it should be.
        package var isUnexpected: Bool {
            switch self {
            case .foreignKeyViolation, .checkViolation, .internal: true
            default: false
            }
        }
    }

    package let kind: Kind
    /// The engine's words: for a developer, never for a user.
    package let detail: String
    /// The error of the system that is beneath them.
    package let cause: Errno?
    /// The file that the error is about, where that is not the database at work.
    package let file: String?

    package init(_ kind: Kind, _ detail: String, file: String? = nil, cause: Errno? = nil) {
        self.kind = kind
        self.detail = detail
        self.file = file
        self.cause = cause
    }

    /// What happened inside is that of another error, which asks for this decision here.
    package init(_ kind: Kind, _ error: DatabaseError, file: String? = nil) {
        self.init(kind, error.detail, file: file ?? error.file, cause: error.cause)
    }

    /// What happened inside, each with its cause behind it.
    package var causes: [String] { [detail] + (cause.map { [$0.cause] } ?? []) }

    /// Runs `body`, and says of its failures that they are about a file.
    static func naming<T>(_ file: String, _ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw DatabaseError(error.kind, error, file: error.file ?? file)
        }
    }
}
