internal import LMSCommandLine

/// `lms db`
extension CommandGroup {
    static let database = CommandGroup(
        "db", "Look after the database file: for its operator.", examples: ["lms db backup school-monday.db"],
        [
            DatabasePath.self, DatabaseInit.self, DatabaseCheck.self, DatabaseStats.self, DatabaseBackup.self, DatabaseRestore.self,
            DatabaseImport.self, DatabaseExport.self, DatabaseCopy.self, DatabaseMigrate.self, DatabaseRetention.self,
            DatabaseTimezone.self, DatabaseLog.self,
        ])
}
