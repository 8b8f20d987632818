internal import ArgumentParser

/// `lms roster`
struct RosterCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "roster", abstract: "See and change who is in a course of yours.",
        discussion: """
            Example:
              lms roster list BIO-101
            """,
        subcommands: [
            RosterList.self, RosterAdd.self, RosterApprove.self, RosterReject.self, RosterRemove.self,
        ])
}
