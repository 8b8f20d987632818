internal import ArgumentParser
internal import Foundation
internal import LMSCore
internal import LMSDatabase

/// `lms db restore <file>`
struct DatabaseRestore: OperatorCommand, WritingCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", _superCommandName: "lms db",
        abstract: "Put a backup into the place of the database.",
        discussion: """
            Everything that was written since the backup goes. Everybody has to sign in again. On a terminal, you are \
            asked first, once the backup is known to be whole.

            Example:
              lms db restore school-monday.db
            """)

    @Argument(help: "The backup, made by: lms db backup FILE")
    var file: String

    @OptionGroup
    var confirming: ConfirmOptions

    @OptionGroup
    var writing: WriteOptions

    @OptionGroup
    var options: GlobalOptions

    func run(in context: CommandContext) async throws {
        try context.requireConfirmation(confirming)
        let target = try context.databaseFile { "pg_restore --clean -d '\($0)' FILE" }
        let backup = try DatabaseTarget(named: file)
        guard !backup.isMissing else {
            throw LMSError(.notFound, "there is no backup at \(backup.path)")
        }
        guard backup.path != target.path else {
            throw LMSError(.usage, "the backup and the database are the same file")
        }
        try target.checkFolder()
        let isDone = try await translating(backup, target) {
            let restore = try await SQLiteDatabase.prepareRestore(
                from: backup.path, to: target.path, schema: .lms,
                cleaning: Schema.restoreCleaning(
                    (backup.path as NSString).lastPathComponent, at: context.invocation.clock()))
            if isDryRun { return true }
            // Asked once the backup is known to be whole, with what it brings.
            if !confirming.yes {
                guard try await isAgreed(to: restore, in: target, context) else { return false }
            }
            try target.prepareFolder()
            try await restore.finish()
            return true
        }
        guard isDone else { return context.console.note("Nothing was changed.") }
        try context.printer.written(
            Written(
                record: DatabaseFile(path: target.path), outcome: .updated,
                isDryRun: isDryRun))
    }

    private func isAgreed(
        to restore: PreparedRestore, in target: DatabaseTarget, _ context: CommandContext
    ) async throws -> Bool {
        let backup = try await contents(of: restore.replacement, context)
        guard !target.isMissing else {
            return context.console.confirm("Make \(target.path) from the backup, with \(backup)?")
        }
        let present = await contents(of: target, context).map { ", \($0)," } ?? ""
        return context.console.confirm(
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
    private func contents(of target: DatabaseTarget, _ context: CommandContext) async -> String? {
        guard (try? SQLiteDatabase.needsMigration(path: target.path, schema: .lms)) == false,
            let database = try? target.open()
        else { return nil }
        return try? await contents(of: database, context)
    }

    private func translating<T>(
        _ backup: DatabaseTarget, _ target: DatabaseTarget, _ body: () async throws -> T
    ) async throws -> T {
        do {
            return try await body()
        } catch let error as DatabaseError where error.kind == .corrupt {
            // Of the backup, which says so itself, or of what is to be replaced. Neither is mended by a restore.
            throw error.file == nil
                ? LMSError(
                    .io, "\(target.path) is too damaged to be written over: nothing was changed",
                    hint: "Move it away, with its -wal and -shm, then restore again.", cause: error.detail)
                : LMSError(
                    .io, "the backup \(backup.path) is damaged: nothing was changed",
                    hint: "Take another backup.", cause: error.detail)
        } catch let error as DatabaseError {
            throw LMSError(error, database: target.path)
        }
    }
}
