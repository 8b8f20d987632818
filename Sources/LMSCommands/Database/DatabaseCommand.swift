internal import ArgumentParser

/// `lms db`
struct DatabaseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "db", abstract: "Look after the database file: for its operator.",
        discussion: """
            Example:
              lms db backup school-monday.db
            """,
        subcommands: [
            DatabasePath.self, DatabaseInit.self, DatabaseCheck.self, DatabaseStats.self,
            DatabaseBackup.self, DatabaseRestore.self, DatabaseImport.self, DatabaseExport.self,
            DatabaseCopy.self,
            DatabaseMigrate.self, DatabaseRetention.self, DatabaseLog.self,
        ])
}
