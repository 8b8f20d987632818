internal import CSQLite

extension DatabaseError {
    /// - Parameter sqliteCode: An extended result code. Source: https://www.sqlite.org/rescode.html
    init(sqliteCode: Int32, detail: String) {
        // The first byte of an extended code is its primary code; the next tells one of a kind.
        let kind: Kind =
            switch (sqliteCode & 0xff, sqliteCode >> 8) {
            // SQLITE_CONSTRAINT_UNIQUE, _PRIMARYKEY and _FOREIGNKEY.
            case (SQLITE_CONSTRAINT, 8), (SQLITE_CONSTRAINT, 6): .uniqueViolation
            case (SQLITE_CONSTRAINT, 3): .foreignKeyViolation
            case (SQLITE_CONSTRAINT, _): .checkViolation
            case (SQLITE_BUSY, _), (SQLITE_LOCKED, _): .busy
            case (SQLITE_INTERRUPT, _): .cancelled
            case (SQLITE_FULL, _): .diskFull
            case (SQLITE_READONLY, _): .readOnlyFile
            case (SQLITE_CORRUPT, _): .damaged
            case (SQLITE_NOTADB, _): .foreignDatabase
            // Our statements fit our schema: where a table is gone, somebody has been at the file.
            case (SQLITE_ERROR, _) where detail.contains("no such table") || detail.contains("no such column"):
                .damaged
            case (SQLITE_CANTOPEN, _), (SQLITE_IOERR, _), (SQLITE_PERM, _), (SQLITE_NOMEM, _): .fileInaccessible
            default: .internal
            }
        self.init(kind, "SQLite \(sqliteCode): \(detail)")
    }
}
