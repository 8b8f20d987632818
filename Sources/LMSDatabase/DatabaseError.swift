/// What went wrong in a database, by the decision that it asks for.
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
        /// A defect of ours.
        case other
    }

    package let kind: Kind
    /// The engine's words: for a developer, never for a user.
    package let detail: String

    package init(_ kind: Kind, _ detail: String) {
        self.kind = kind
        self.detail = detail
    }
}
