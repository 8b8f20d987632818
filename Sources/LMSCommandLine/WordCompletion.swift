/// What may stand where somebody has begun a word.
package enum WordCompletion: Sendable, Equatable {
    /// A word, and what it means.
    package struct Word: Sendable, Equatable {
        package let text: String
        package let meaning: String

        package init(_ text: String, _ meaning: String) {
            self.text = text
            self.meaning = meaning
        }
    }

    case words([Word])
    case files
    case folders

    /// - Parameter words: Behind the program's name; the last one is what was begun, and may be empty.
    package init(_ words: [String], of root: CommandNode) {
        let begun = words.last ?? ""
        let path = CommandPath(words.dropLast(), from: root)
        if path.node.isGroup {
            let members = path.rest.isEmpty ? path.node.members.map { Word($0.name, $0.summary) } : []
            self = .words(members.beginning(with: begun))
            return
        }
        let parameters = path.node.parameters
        switch LineWords(path.rest + [begun], for: parameters).roles.last {
        case .option(let name, let value?): self.init(valueOf: parameters.option(name), beginning: value, behind: "\(name)=")
        case .argument where begun == "-" && !path.rest.contains("--"), .option(_, nil):
            let names = parameters.filter { !$0.isHidden && $0.isOption }
                .flatMap { option in option.names.map { Word($0, option.help) } }
            self = .words(names.beginning(with: begun))
        case .value(let name): self.init(valueOf: parameters.option(name), beginning: begun, behind: "")
        case .argument(let number):
            self.init(valueOf: parameters.index(ofArgument: number).map { parameters[$0] }, beginning: begun, behind: "")
        case nil: self = .words([])
        }
    }

    /// - Parameter words: Behind `help`; the last one is what was begun.
    package init(pagesFor words: [String], of root: CommandNode) {
        let path = CommandPath(words.dropLast(), from: root)
        let members = path.rest.isEmpty ? path.node.members.map { Word($0.name, $0.summary) } : []
        self = .words(members.beginning(with: words.last ?? ""))
    }

    private init(valueOf parameter: Parameter?, beginning begun: String, behind prefix: String) {
        switch parameter?.content {
        case .file, .path: self = .files
        case .folder: self = .folders
        case .word, .text, nil:
            let values = (parameter?.values ?? []).map { Word($0, "") }
            self = .words(values.beginning(with: begun).map { Word(prefix + $0.text, $0.meaning) })
        }
    }
}

extension [WordCompletion.Word] {
    fileprivate func beginning(with text: String) -> [WordCompletion.Word] { filter { $0.text.hasPrefix(text) } }
}
