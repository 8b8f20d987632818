/// The words behind a command, each for what it is.
///
/// The conventions are those of git and GNU: options stand anywhere, `--name value` or `--name=value`; flags of one letter may
/// be joined, as `-qn`; what stands behind `--` is an argument, and so is `-`. Where an option is given twice, the last one
/// counts. In one thing they are stricter: a word that is itself an option of the command is no value of the one before it, or a
/// forgotten value would turn `--title --dry-run` into a title, and into a change in earnest. `--title=--dry-run` says so.
/// Source: GNU, "Program Argument Syntax Conventions", the manual of the C library, section 25.1.1.
package struct LineWords: Sendable {
    package enum Role: Equatable, Sendable {
        /// An option, known or not, with its value where that is joined by `=`; also `--`.
        case option(String, value: String?)
        /// The value of the option before it.
        case value(of: String)
        /// An argument by its number, from 0.
        case argument(Int)
    }

    /// A parameter that the line gives.
    struct Assignment {
        /// Its index among the parameters.
        let parameter: Int
        /// The index of the word that has the value.
        let word: Int
        /// The value; empty for a flag.
        let text: String
    }

    package let texts: [String]
    package let roles: [Role]
    let assignments: [Assignment]
    private let parameters: [Parameter]
    /// An option without its value, or a flag with one.
    package let valueMistake: LineMistake?

    package init(_ texts: [String], for parameters: [Parameter]) {
        var roles: [Role] = []
        roles.reserveCapacity(texts.count)
        var assignments: [Assignment] = []
        var valueMistake: LineMistake?
        var argumentCount = 0
        var isBehindDashes = false
        var owner: (name: String, parameter: Int)?
        for (index, word) in texts.enumerated() {
            let isDashed = word.utf8.first == UInt8(ascii: "-") && word != "-"
            if let option = owner, !isDashed || Self.isValue(word, of: parameters[option.parameter], among: parameters) {
                roles.append(.value(of: option.name))
                assignments.append(Assignment(parameter: option.parameter, word: index, text: word))
                owner = nil
                continue
            }
            if let option = owner { valueMistake = valueMistake ?? .lacksValue(parameters[option.parameter]) }
            owner = nil
            guard isDashed, !isBehindDashes else {
                roles.append(.argument(argumentCount))
                if let parameter = parameters.index(ofArgument: argumentCount) {
                    assignments.append(Assignment(parameter: parameter, word: index, text: word))
                }
                argumentCount += 1
                continue
            }
            let (name, value) = Self.parts(of: word)
            roles.append(.option(name, value: value))
            if word == "--" {
                isBehindDashes = true
                continue
            }
            for parameter in parameters.indices(named: name) {
                switch (parameters[parameter].takesValue, value) {
                case (true, nil): owner = (name, parameter)
                case (false, .some): valueMistake = valueMistake ?? .takesNoValue(parameters[parameter])
                case (_, let value): assignments.append(Assignment(parameter: parameter, word: index, text: value ?? ""))
                }
            }
        }
        if let option = owner { valueMistake = valueMistake ?? .lacksValue(parameters[option.parameter]) }
        self.texts = texts
        self.roles = roles
        self.assignments = assignments
        self.parameters = parameters
        self.valueMistake = valueMistake
    }

    /// Whether a word that begins with a dash is meant as a value.
    private static func isValue(_ word: String, of option: Parameter, among parameters: [Parameter]) -> Bool {
        [.text, .path].contains(option.content) && parameters.indices(named: parts(of: word).name).isEmpty
    }

    private static func parts(of word: String) -> (name: String, value: String?) {
        guard let sign = word.utf8.firstIndex(of: UInt8(ascii: "=")) else { return (word, nil) }
        return (String(word[..<sign]), String(word[word.utf8.index(after: sign)...]))
    }

    // MARK: - Mistakes

    func requireKnownWords() throws(LineMistake) {
        for (index, role) in roles.enumerated() {
            if case .option(let name, _) = role, texts[index] != "--", parameters.indices(named: name).isEmpty {
                throw .unknownOption(at: index)
            }
        }
        for assignment in assignments {
            let parameter = parameters[assignment.parameter]
            if parameter.kind != .flag, !parameter.values.isEmpty, !parameter.values.contains(assignment.text) {
                throw .unknownValue(parameter, at: assignment.word)
            }
        }
        for (index, role) in roles.enumerated() {
            if case .argument(let number) = role, parameters.index(ofArgument: number) == nil {
                throw .extraWord(at: index)
            }
        }
    }

    func requireAllThatIsNeeded() throws(LineMistake) {
        if let valueMistake { throw valueMistake }
        for (index, parameter) in parameters.enumerated() where parameter.isRequired {
            guard assignments.contains(where: { $0.parameter == index }) else { throw .missing(parameter) }
        }
    }

    // MARK: - Looking at a line

    /// Whether a flag is on the line, by any of its names.
    package func has(_ flag: Parameter) -> Bool {
        assignments.contains { parameters[$0.parameter].names == flag.names }
    }

    /// Whether none of these options is among the words.
    package func hasNone(of names: Set<String>) -> Bool {
        !roles.contains { role in
            if case .option(let name, _) = role { names.contains(name) } else { false }
        }
    }

    /// The words that no argument is there for, where they stand side by side.
    package var extras: Range<Int>? {
        let extras = roles.indices.filter { index in
            if case .argument(let number) = roles[index] { parameters.index(ofArgument: number) == nil } else { false }
        }
        guard let first = extras.first, let last = extras.last, last - first == extras.count - 1 else { return nil }
        return first..<last + 1
    }
}
