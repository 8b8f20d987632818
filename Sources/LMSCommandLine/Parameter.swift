/// An argument or an option of a command, as help shows it, the parser checks it and a shell completes it.
package struct Parameter: Sendable {
    package enum Kind: Sendable {
        /// An option that is there or not.
        case flag
        /// An option with a value behind it.
        case option
        /// A word that stands alone.
        case argument
    }

    /// What a value is.
    package enum Content: Sendable {
        /// A word that does not begin with a dash, so that a forgotten value is noticed.
        case word
        /// Any text, also one that begins with a dash and is no option of the command.
        case text
        case file
        case folder
        /// A file whose name may begin with a dash.
        case path
    }

    package let kind: Kind
    /// An option's names with their dashes, a short one first; an argument's one name.
    package let names: [String]
    package let content: Content
    /// What stands for the value in help.
    package let valueName: String
    /// The values that there are; empty where any is taken.
    package let values: [String]
    package let help: String
    package let isRequired: Bool
    /// Whether an argument takes all words that follow, or an option may be given several times.
    package let isRepeated: Bool
    /// Whether it is understood without being shown.
    package var isHidden = false
    /// Whether every command has it, so that it is explained in one place.
    package var isShared = false

    package init(
        _ kind: Kind, _ names: [String], content: Content = .word, valueName: String = "", values: [String] = [],
        help: String, isRequired: Bool = false, isRepeated: Bool = false
    ) {
        self.kind = kind
        self.names = names
        self.content = content
        self.valueName = valueName
        self.values = values
        self.help = help
        self.isRequired = isRequired
        self.isRepeated = isRepeated
    }

    package var isOption: Bool { kind != .argument }
    package var takesValue: Bool { kind == .option }
    package var longName: String? { names.first { $0.hasPrefix("--") } }

    /// As messages and usage lines have it: `<title>`, `--code <code>`, `<file> ...`.
    package var label: String {
        switch kind {
        case .flag: longName ?? names.joined()
        case .option: "\(longName ?? names.joined()) <\(valueName)>\(isRepeated ? " ..." : "")"
        case .argument: isRepeated ? "<\(valueName)> ..." : "<\(valueName)>"
        }
    }

    /// What every page of help and every command understands besides its own.
    package static let builtIn = [help, version]
    package static let help = Parameter(.flag, ["-h", "--help"], help: "Show help.")
    package static let version = Parameter(.flag, ["--version"], help: "Show the version.")
}

extension [Parameter] {
    package var options: [Parameter] { filter(\.isOption) }
    package var arguments: [Parameter] { filter { !$0.isOption } }

    package func option(_ name: String) -> Parameter? { first { $0.isOption && $0.names.contains(name) } }

    /// The options that a word with dashes names: one, or several of one letter, as `-qn`; none where one of them is unknown.
    package func indices(named word: String) -> [Int] {
        if let option = index(ofOption: word) { return [option] }
        guard !word.hasPrefix("--"), word.utf8.count > 2 else { return [] }
        var flags: [Int] = []
        for letter in word.dropFirst() {
            guard let flag = index(ofOption: "-\(letter)"), self[flag].kind == .flag else { return [] }
            flags.append(flag)
        }
        return flags
    }

    private func index(ofOption name: String) -> Int? { firstIndex { $0.isOption && $0.names.contains(name) } }

    /// The argument that a word is for, counted from 0: the last one may take all that follow.
    package func index(ofArgument number: Int) -> Int? {
        var count = 0
        for (index, parameter) in enumerated() where !parameter.isOption {
            if count == number || parameter.isRepeated { return index }
            count += 1
        }
        return nil
    }
}
