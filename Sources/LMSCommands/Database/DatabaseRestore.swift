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
            Everything that was written since the backup goes. Everybody has to sign in again.

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
        let isAsked = !confirming.yes && !isRehearsal
        guard !isAsked || context.console.confirm("Replace everything in \(target.path)?") else {
            return context.console.note("Nothing was changed.")
        }
        try isRehearsal ? target.checkFolder() : target.prepareFolder()
        try await restore(backup, to: target, in: context)
        try context.printer.written(
            Written(
                record: DatabaseFile(path: target.path), outcome: .updated,
                isRehearsal: isRehearsal))
    }

    private func restore(
        _ backup: DatabaseTarget, to target: DatabaseTarget, in context: CommandContext
    ) async throws {
        do {
            try await SQLiteDatabase.restore(
                from: backup.path, to: target.path, schema: .lms,
                cleaning: Schema.restoreCleaning(
                    (backup.path as NSString).lastPathComponent, at: context.invocation.clock()),
                mode: isRehearsal ? .rehearse : .commit)
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
