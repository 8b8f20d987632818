internal import LMSCommandLine
internal import LMSCore

/// `lms target list`
struct TargetList: ContextCommand {
    static let name = "list"
    static let summary = "List the targets that you are signed in to."
    static let examples = ["lms target list"]
    static var syntax: Syntax<Self> {
        []
    }

    var options = GlobalOptions()

    func run(in context: CommandContext) async throws {
        let contents = try context.target.sessionFile.read()
        let targets = Set(contents.sessions.all.map(\.target)).union(contents.current.map { [$0] } ?? [])
        try context.printer.list(
            targets.sorted().map { target in
                KnownTarget(
                    target: target, username: contents.sessions[target]?.username,
                    isCurrent: target == contents.current)
            },
            orSay: EmptyList(
                "You are signed in nowhere: \(context.target.name) is what commands act on.",
                next: "Sign in with: lms login"))
    }
}
