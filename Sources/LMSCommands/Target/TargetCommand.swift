internal import ArgumentParser

/// `lms target`
struct TargetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "target", abstract: "See and choose the database or server that commands act on.",
        discussion: """
            Example:
              lms target list
            """,
        subcommands: [TargetList.self, TargetUse.self])
}
