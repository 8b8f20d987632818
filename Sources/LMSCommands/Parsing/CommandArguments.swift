internal import ArgumentParser
internal import LMSCore

/// What one command takes: its options and its arguments by their place, as ArgumentParser describes them.
struct CommandArguments {
    struct Option {
        /// With their dashes.
        let names: [String]
        let takesValue: Bool
        /// The values that there are; empty where any is taken.
        let values: [String]
        let isShown: Bool

        var longName: String? { names.first { $0.hasPrefix("--") } }
    }

    let options: [Option]
    /// The names of the arguments by place, as `title`.
    let places: [String]
    /// The values that there are for each; empty where any is taken.
    let placeValues: [[String]]
    /// Whether the last of them takes all that come.
    let takesMany: Bool

    init(of command: any ParsableArguments.Type) {
        let document = try? JSONValue(Array(command._dumpHelp().utf8))
        let all = document?["command"]?["arguments"]?.elements ?? []
        let placed = all.filter { $0["kind"]?.string == "positional" }
        places = placed.map { $0["valueName"]?.string ?? "" }
        placeValues = placed.map(Self.values)
        let refused = HelpPage.refusedOptions(of: command)
        takesMany = placed.last?["isRepeating"] == .boolean(true)
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

/// The words behind a command, each for what it is.
struct CommandWords {
    enum Role: Equatable {
        /// An option, known or not, with its value where that is joined by `=`.
        case option(String, value: String?)
        /// The value of the option before it.
        case value(of: String)
        /// An argument by its place, from 0.
        case place(Int)
    }

    let words: [String]
    let roles: [Role]

    init(_ words: [String], for arguments: CommandArguments) {
        var roles: [Role] = []
        var place = 0
        var isBehindDashes = false
        var owner: String?
        for word in words {
            if let option = owner {
                roles.append(.value(of: option))
                owner = nil
            } else if !isBehindDashes, word.hasPrefix("-"), word != "-" {
                isBehindDashes = word == "--"
                let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                let (name, value) = (String(parts[0]), parts.count > 1 ? String(parts[1]) : nil)
                roles.append(.option(name, value: value))
                if value == nil, arguments.option(name)?.takesValue == true { owner = name }
            } else {
                roles.append(.place(place))
                place += 1
            }
        }
        self.words = words
        self.roles = roles
    }

    /// The words that there is no place for, where they stand side by side.
    func extras(beyond places: Int) -> Range<Int>? {
        let extras = roles.indices.filter { index in
            if case .place(let place) = roles[index] { place >= places } else { false }
        }
        guard let first = extras.first, let last = extras.last, last - first == extras.count - 1 else {
            return nil
        }
        return first..<last + 1
    }

    /// Whether none of these options is among them.
    func hasNone(of names: Set<String>) -> Bool {
        !roles.contains { role in
            if case .option(let name, _) = role { names.contains(name) } else { false }
        }
    }

    /// The words with some of them replaced, as a shell takes them.
    func line(_ command: [String], replacing range: Range<Int>, with words: [String]) -> String {
        var all = self.words
        all.replaceSubrange(range, with: words)
        return (["lms"] + command + all.map(shellQuoted)).joined(separator: " ")
    }
}
