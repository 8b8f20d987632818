internal import LMSCommandLine
internal import LMSCore
internal import LMSHTTP

/// `lms db import <dir>`
struct DatabaseImport: OperatorCommand, WritingCommand {
    static let name = "import"
    static let summary = "Bring users, courses and all that is in them in from CSV files."
    static let details = """
        Reads users.csv, courses.csv, enrollments.csv, materials.csv and teachers.csv, whichever are in the folder: all of them \
        or nothing. A row that is there already with the same values is left as it is, so a second run changes \
        nothing. Docs/Bulk.md describes the files.
        """
    static let examples = ["lms db import seed --dry-run", "lms db import seed --on-conflict update"]
    static var syntax: Syntax<Self> {
        [
            .argument("dir", \.folder, takes: .folder, "The folder with the files."),
            .option(
                "--on-conflict", \.onConflict,
                "What to do with a row that is there with other values: fail, skip or update. Default: fail"),
            .flag(
                "--reset-passwords", at: \.resetPasswords,
                "Give users who are there already the password of their row. Their sessions end."),
            .flag(
                "--ignore-other-files", at: \.ignoreOtherFiles,
                "Pass over other tables in the folder, which are an error otherwise."),
        ]
    }

    var folder = ""
    var onConflict: ConflictPolicy?
    var resetPasswords = false
    var ignoreOtherFiles = false
    var isDryRun = false
    var options = GlobalOptions()

    static var createsDatabase: Bool { true }

    func run(in context: CommandContext) async throws {
        _ = try context.target.location
        let progress = ProgressBar(context.console)
        defer { progress.finish() }
        let threads = Processors.count
        let files = try ImportFiles(
            from: ImportFolder(path: folder), onConflict: onConflict ?? .fail,
            resetsPasswords: resetPasswords, ignoresOtherFiles: ignoreOtherFiles, hashesAtOnce: threads,
            report: progress.show)
        let hasher = PasswordHasher(executor: HashThreads())
        let totals = try await context.target.localService(isDryRun: isDryRun, hasher: hasher).operate(files)
        progress.finish()
        try context.printer.list(totals)
        if !options.quiet { for totals in totals { say(what: totals, to: context.console) } }
    }

    /// Tells which file was read, and how, where it is not plain CSV under the usual name.
    private func say(what totals: ImportTotals, to console: Console) {
        let name = totals.table.fileName
        let isRenamed = totals.file != name && !totals.file.hasSuffix("/\(name)")
        let dialect = totals.dialect.map { isRenamed ? ", with \($0)" : " with \($0)" }
        guard isRenamed || dialect != nil else { return }
        console.note("\(totals.file) was read\(isRenamed ? " as \(name)" : "")\(dialect ?? "").")
    }
}
