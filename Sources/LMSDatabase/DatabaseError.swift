/// What went wrong in a database, by the decision that it asks for.
@usableFromInline
package struct DatabaseError: Error, Sendable {
    package enum Kind: Sendable, Equatable {
        /// A unique index or constraint refused the row.
        case unique
        case foreignKey
        /// A CHECK or NOT NULL refused the row.
        case constraint
        /// Another writer held the database longer than we wait.
        case busy
        case full
        case readOnly
        /// The file is damaged.
        case corrupt
        /// There is no file.
        case missing
        /// There is a file with nothing in it.
        case empty
        /// The file belongs to another program.
        case foreign
        /// The schema needs a newer program.
        case tooNew
        /// The file or its folder cannot be opened, read or written.
        case unreadable
        /// The schema is older than this program, and only `migrate` may change it.
        case outdated
        /// Other transactions were in the way, each time that it was tried.
        case conflicting
        /// The database's server does not answer: nothing was changed.
        case unreachable
        /// The server did not answer to the end of a transaction: it may have been done.
        case uncertain
        /// The URL is none that a server can be found by.
        case misnamed
        /// There is no database of that name on the server.
        case unknown
        /// The database on the server has no tables of ours.
        case bare
        /// The server does not let this user in: the name, the password, or from where.
        case refused
        /// The server does not let this user do this.
        case denied
        /// There is no connection as safe as was asked for: TLS, or a certificate.
        case untrusted
        /// The server takes no writes.
        case replica
        /// The server failed: something ran out, or it has a defect.
        case failed
        /// Whoever asked has given up: nothing was changed.
        case abandoned
        /// A defect of ours.
        case other

        /// Whether our statements never fail so on a database that is as it should be.
        package var isUnexpected: Bool {
            switch self {
            case .foreignKey, .constraint, .other: true
            default: false
            }
        }
    }

    package let kind: Kind
    /// The engine's words: for a developer, never for a user.
    package let detail: String
    /// The file that it is about, where that is not the database at work.
    package let file: String?

    package init(_ kind: Kind, _ detail: String, file: String? = nil) {
        self.kind = kind
        self.detail = detail
        self.file = file
    }

    /// Runs `body`, whose failures are about a file.
    static func naming<T>(_ file: String, _ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw DatabaseError(error.kind, error.detail, file: error.file ?? file)
        }
    }
}
