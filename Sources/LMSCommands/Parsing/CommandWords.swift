/// The words behind a command, each for what it is.
struct CommandWords {
    enum Role: Equatable {
        /// An option, known or not, with its value where that is joined by `=`.
        case option(String, value: String?)
        /// The value of the option before it.
        case value(of: String)
        /// An argument by its number, from 0.
        case argument(Int)
    }

    let texts: [String]
    let roles: [Role]

    init(_ texts: [String], for arguments: CommandArguments) {
        var roles: [Role] = []
        var count = 0
        var isBehindDashes = false
        var owner: String?
        for word in texts {
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
                roles.append(.argument(count))
                count += 1
            }
        }
        self.texts = texts
        self.roles = roles
    }

    /// The words beyond so many arguments, where they stand side by side.
    func extras(beyond limit: Int) -> Range<Int>? {
        let extras = roles.indices.filter { index in
            if case .argument(let number) = roles[index] { number >= limit } else { false }
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
        var all = texts
        all.replaceSubrange(range, with: words)
        return (["lms"] + command + all.map(shellQuoted)).joined(separator: " ")
    }
}
