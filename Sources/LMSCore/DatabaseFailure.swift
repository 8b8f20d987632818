package import LMSDatabase

extension LMSError {
    /// Says a database's failure in a user's words.
    ///
    /// - Parameter name: What the user calls the database, a path for instance.
    package init(_ error: DatabaseError, database: String = "the database") {
        let name = error.file ?? database
        switch error.kind {
        case .busy:
            self.init(
                .busy, "\(name) is busy: another program has been writing for more than 10 seconds",
                hint: "Try again in a moment.", retryAfter: 10)
        case .diskFull:
            self.init(
                .io, "the disk is full: nothing was changed",
                hint: "Make room on the disk that holds \(name), then try again.")
        case .readOnlyFile:
            self.init(
                .io, "\(name) is read-only: nothing was changed",
                hint: "Check the permissions of the file and of its folder.")
        case .damaged:
            self.init(
                .io, "\(name) is damaged",
                hint: "Go back to a backup with: lms db restore FILE")
        case .fileNotFound:
            self.init(
                .notFound, "there is no database at \(name)",
                hint: "Make one with: lms db init")
        case .emptyFile:
            self.init(
                .io, "\(name) is an empty file, not a database of lms",
                hint: "It was not touched. Remove it, then make a database with: lms db init")
        case .foreignDatabase:
            self.init(
                .io, "\(name) is not a database of lms", hint: "It was not touched. Check the path.")
        case .schemaTooNew:
            self.init(
                .io, "\(name) needs a newer version of lms",
                hint: "It was not touched. Install the newer version.")
        case .fileInaccessible:
            self.init(
                .io, "\(name) cannot be opened, read or written",
                hint: "Check the disk, and the permissions of the file and of its folder.")
        case .schemaTooOld:
            self.init(
                .io, "\(name) is of an older version of lms",
                hint: "Bring it up to date with: lms db migrate")
        case .conflict:
            self.init(
                .busy, "\(name) is busy: others were changing the same", hint: "Try again in a moment.",
                retryAfter: 1)
        case .serverUnreachable:
            self.init(
                .unavailable, "\(name) cannot be reached: nothing was changed",
                hint: "Check that its server is running, then try again.")
        case .outcomeUnknown:
            self.init(
                .unavailable, "the connection to \(name) was lost: it may have been done",
                hint: "Look before you do it again.")
        case .malformedURL:
            self.init(
                .usage, "\(name) cannot be read as a database's URL",
                hint: "Write it as: postgres://USER@HOST/DATABASE")
        case .databaseNotFound:
            self.init(
                .notFound, "there is no database at \(name)",
                hint: "Make one with createdb, or check the name.")
        case .noTables:
            self.init(
                .notFound, "\(name) has no tables of lms yet", hint: "Make them with: lms db migrate")
        case .loginRefused:
            self.init(
                .io, "\(name) does not let this user in",
                hint: "Check the user's name, the password (PGPASSFILE, ~/.pgpass) and pg_hba.conf.")
        case .permissionDenied:
            self.init(
                .io, "\(name) does not let its user do this: nothing was changed",
                hint: "Make the user the owner of the database.")
        case .noSecureConnection:
            self.init(
                .unavailable, "there is no safe connection to \(name)",
                hint: "Check sslmode, sslrootcert, and the name in the server's certificate.")
        case .readOnlyServer:
            self.init(
                .io, "\(name) is read-only: nothing was changed",
                hint: "Name the primary, or all servers and target_session_attrs=read-write.")
        case .serverFailure:
            self.init(
                .io, "\(name) failed: nothing was changed", hint: "The log of its server says why.")
        case .cancelled: self = .cancelled
        case .uniqueViolation:
            self.init(.conflict, "that name was taken a moment ago", hint: "Try again.")
        case .foreignKeyViolation, .checkViolation, .internal:
            self.init(
                .internal, "lms made a mistake: nothing was changed",
                hint: "Please report what you did.")
        }
        self = caused(by: error.causes)
    }
}
