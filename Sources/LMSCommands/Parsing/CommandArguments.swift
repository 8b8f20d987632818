internal import ArgumentParser
internal import LMSCore
internal import LMSText

/// What one command takes: its options, and its arguments in their order, as ArgumentParser describes them.
struct CommandArguments {
    struct Option {
        /// The names with their dashes, as `--db`.
        let names: [String]
        let takesValue: Bool
        /// The values that there are; empty where any is taken.
        let values: [String]
        let isShown: Bool

        var longName: String? { names.first { $0.hasPrefix("--") } }
    }

    let options: [Option]
    /// The names of the arguments in their order, as `title`.
    let names: [String]
    /// The values that there are for each argument; empty where any is taken.
    let values: [[String]]
    /// Whether the last argument takes all words that follow.
    let takesMany: Bool

    init(of command: any ParsableArguments.Type) {
        let document = try? JSONValue(Array(command._dumpHelp().utf8))
        let all = document?["command"]?["arguments"]?.elements ?? []
        let arguments = all.filter { $0["kind"]?.string == "positional" }
        names = arguments.map { $0["valueName"]?.string ?? "" }
        values = arguments.map(Self.values)
        let refused = HelpPage.refusedOptions(of: command)
        takesMany = arguments.last?["isRepeating"] == .boolean(true)
        options = all.filter { $0["kind"]?.string != "positional" }.map { description in
            let names = (description["names"]?.elements ?? []).compactMap(Self.name)
            return Option(
                names: names,
                takesValue: description["kind"]?.string == "option",
                values: Self.values(description),
                isShown: description["shouldDisplay"] == .boolean(true) && refused.isDisjoint(with: names))
        }
    }

    private static func values(_ description: JSONValue) -> [String] {
        (description["allValues"]?.elements ?? []).compactMap(\.string)
    }

    private static func name(_ description: JSONValue) -> String? {
        description["name"]?.string.map { description["kind"]?.string == "long" ? "--\($0)" : "-\($0)" }
    }

    func option(_ name: String) -> Option? { options.first { $0.names.contains(name) } }

    /// Whether a word with dashes is an option, or several of one letter, as `-qn`.
    func hasOption(_ name: String) -> Bool {
        if option(name) != nil { return true }
        let letters = name.dropFirst()
        return !name.hasPrefix("--") && !letters.isEmpty && letters.allSatisfy { option("-\($0)") != nil }
    }

    /// The long names that help shows.
    var longNames: [String] { options.filter(\.isShown).compactMap(\.longName) }
}

extension JSONValue {
    fileprivate var elements: [JSONValue]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }
}
