internal import LMSCommandLine
internal import LMSCore
internal import LMSHTTP
internal import LMSText

/// `lms target use <target>`
struct TargetUse: ContextCommand {
    static let name = "use"
    static let summary = "Make a database or a server the one that commands act on."
    static let examples = ["lms target use https://lms.school.id"]
    static var syntax: Syntax<Self> {
        [
            .argument("target", \.target, takes: .file, "The database file, or a server's address.")
        ]
    }

    var target = ""
    var options = GlobalOptions()

    static var changesData: Bool { true }

    func run(in context: CommandContext) async throws {
        let target = try Target(named: target)
        if case .database(.file(let file)) = target { try requireDatabase(file) }
        let file = try context.target.sessionFile
        try file.update(at: context.invocation.clock()) { $0.current = target.key }
        try context.printer.record(
            KnownTarget(
                target: target.key, username: try file.read().sessions[target.key]?.username,
                isCurrent: true))
    }

    private func requireDatabase(_ file: SQLiteLocation) throws {
        do {
            _ = try file.open()
        } catch let error as LMSError where error.code == .notFound {
            // `lms.school.id` may be a file, or a server whose scheme was forgotten.
            let isName =
                !target.contains("/") && !target.hasSuffix(".db") && (try? Origin("https://\(target)")) != nil
            throw isName
                ? error.reworded(hint: "If a server is meant, write it like https://\(target)")
                : error
        }
    }
}
