@testable import LMSCommandLine

/// A command with a parameter of each kind.
struct Sample: Command, Equatable {
    enum Color: String, CaseIterable, ArgumentValue {
        case red, green
    }

    /// What several commands would share.
    struct Place: ArgumentGroup, Equatable {
        static var syntax: Syntax<Self> {
            [
                .option("--db", \.db, takes: .file, "The database."),
                .option("--server", \.server, "The server."),
            ]
        }

        var db: String?
        var server: String?

        func check() throws(LineMistake) {
            guard db == nil || server == nil else { throw .refused("give only one of --db and --server") }
        }
    }

    static let name = "paint"
    static let summary = "Paint something."
    static let examples = ["house paint door red", #"house paint "garden door" red --note "not before noon" --coats 2"#]
    static var syntax: Syntax<Self> {
        [
            .argument("thing", \.thing, "What to paint."),
            .optional("color", \.color, "Red or green."),
            .arguments("tools", \.tools, takes: .file, isRequired: false, "With what."),
            .option("--note", \.note, takes: .text, "A note."),
            .option("--coats", \.coats, value: "n", "How many."),
            .option("--into", \.folder, takes: .folder, value: "dir", "Where to."),
            .flag("-q", "--quiet", at: \.isQuiet, "Say nothing."),
            .flag("-n", "--dry-run", at: \.isDryRun, "Only tell."),
            .option("--colour", \.color, "Red or green.").hiding("--colour"),
            .group(\.place),
        ]
    }

    var thing = ""
    var color: Color?
    var tools: [String] = []
    var note: String?
    var coats: Int?
    var folder: String?
    var isQuiet = false
    var isDryRun = false
    var place = Place()

    func run() {}

    static func from(_ words: String...) throws -> Sample { try read(words) }

    /// `house`: a tree with this command in it.
    static let tree = CommandNode.group(
        CommandGroup(
            "house", "Look after a house.", examples: ["house room paint wall"],
            sections: [
                .init("Outside", [.command(Sample.self)]),
                .init("Inside", [.group(CommandGroup("room", "Look after a room.", examples: [], [Sample.self]))]),
            ]))
}
