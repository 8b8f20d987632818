internal import LMSCommandLine
internal import LMSCore
internal import LMSDatabase
internal import LMSText
internal import SystemPackage

/// `lms db restore <file>`
struct DatabaseRestore: OperatorCommand, WritingCommand {
    static let name = "restore"
    static let summary = "Put a backup into the place of the database."
    static let details = """
        Everything that was written since the backup goes. Everybody has to sign in again. On a terminal, you are \
        asked first, once the backup is known to be whole.
        """
    static let examples = ["lms db restore school-monday.db"]
    static var syntax: Syntax<Self> {
        [
            .argument("file", \.file, takes: .file, "The backup, made by: lms db backup FILE"),
            .group(\.confirming),
        ]
    }

    var file = ""
    var confirming = ConfirmOptions()
    var isDryRun = false
    var options = GlobalOptions()

    func run(in context: CommandContext) async throws {
        try context.requireConfirmation(confirming)
        let target = try context.target.file { "pg_restore --clean -d '\($0)' FILE" }
        let backup = try SQLiteLocation(named: file)
        guard !backup.isMissing else {
            throw LMSError(.notFound, "there is no backup at \(backup.path)")
        }
        guard backup.path != target.path else {
            throw LMSError(.usage, "the backup and the database are the same file")
        }
        try target.checkFolder()
        let done: Void? = try await translating(backup, target) {
            // The backup is checked before anybody is asked, and the question tells what is in it.
            let restore = try await SQLiteDatabase.prepareRestore(
                from: backup.path, to: target.path, schema: .lms,
                cleaning: Schema.restoreCleaning(
                    FilePath(backup.path).lastComponent?.string ?? backup.path, at: context.invocation.clock()))
            return try await context.confirmed(
                confirming, unattended: .refused, expecting: { restore },
                question: { try await question(about: $0, in: target, context) }
            ) { _ in
                if isDryRun { return }
                try target.prepareFolder()
                try await restore.finish()
            }
        }
        guard done != nil else { return }
        try context.printer.written(
            Written(
                record: ShownLocation(name: target.path), outcome: .updated,
                isDryRun: isDryRun))
    }

    private func question(
        about restore: PreparedRestore, in target: SQLiteLocation, _ context: CommandContext
    ) async throws -> Question {
        let backup = try await contents(of: restore.replacement, context)
        guard !target.isMissing else {
            return Question("Make \(target.path) from the backup, with \(backup)?")
        }
        let present = await contents(of: target, context).map { ", \($0)," } ?? ""
        return Question(
            "Replace everything in \(target.path)\(present) by the backup's \(backup)?")
    }

    /// Who and what is in a database, in words.
    private func contents(of database: SQLiteDatabase, _ context: CommandContext) async throws -> String {
        let service = LocalService(
            database: database, caller: .local(token: nil), clock: context.invocation.clock)
        let counts = try await service.operate(CountRows())
        let users = counted(counts.teachers + counts.students, "user")
        return "\(users) and \(counted(counts.courses, "course"))"
    }

    /// - Returns: `nil` for what is too damaged to be counted, or too old to be opened and left as it is: it is replaced
    ///   all the same.
    private func contents(of target: SQLiteLocation, _ context: CommandContext) async -> String? {
        guard (try? SQLiteDatabase.needsMigration(path: target.path, schema: .lms)) == false,
            let database = try? target.open()
        else { return nil }
        return try? await contents(of: database, context)
    }

    private func translating<T>(
        _ backup: SQLiteLocation, _ target: SQLiteLocation, _ body: () async throws -> T
    ) async throws -> T {
        do {
            return try await body()
        } catch let error as DatabaseError where error.kind == .damaged {
            // `file` is set where the backup is damaged; else it is the database that is to be replaced.
            throw error.file == nil
                ? LMSError(
                    .io, "\(target.path) is too damaged to be written over: nothing was changed",
                    hint: "Move it away, with its -wal and -shm, then restore again.", causes: error.causes)
                : LMSError(
                    .io, "the backup \(backup.path) is damaged: nothing was changed",
                    hint: "Take another backup.", causes: error.causes)
        } catch let error as DatabaseError {
            throw LMSError(error, database: target.path)
        }
    }
}
