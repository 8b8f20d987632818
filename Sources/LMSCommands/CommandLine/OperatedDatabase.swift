/// The database that an operator's command acts on.
enum OperatedDatabase: Sendable {
    case file(DatabaseTarget)
    case postgreSQL(PostgreSQLTarget)

    /// What a user sees.
    var name: String {
        switch self {
        case .file(let file): file.path
        case .postgreSQL(let server): server.name
        }
    }

    /// Reads what a user wrote.
    init(named text: String) throws {
        self =
            PostgreSQLTarget.isMeant(by: text)
            ? .postgreSQL(PostgreSQLTarget(text)) : .file(try DatabaseTarget(named: text))
    }
}
