internal import LMSCore
internal import LMSText

/// What was meant by a word that names no command.
///
/// A library's suggestion takes the nearest of whatever there is. This one knows the whole tree and
/// what people call things (`CommandSynonyms`, `OptionSynonyms`), and allows one slip, or two from eight letters on. A wrong
/// guess costs more than none: where nothing is near, the page of help is named. It is named too where the command would take
/// something away, so that nobody runs such a line because it was suggested.
struct CommandGuess {
    enum Answer: Equatable {
        case commands([String])
        /// The page of help that answers the question.
        case page(String)
        /// Several pages of help.
        case pages([String])
        /// Commands for different things, each with what it is for.
        case choices([CommandSynonyms.Choice])
    }

    /// All commands by their words, as `course join`, groups before what they hold.
    let commands: [String]
    private let groups: [String]

    init(commands: [String]) {
        self.commands = commands
        let parents = commands.compactMap { name in name.lastIndex(of: " ").map { String(name[..<$0]) } }
        groups = commands.filter(Set(parents).contains)
    }

    /// - Parameters:
    ///   - group: The words before it, which name a group; empty at the top.
    ///   - next: The word behind it.
    func answer(to word: String, in group: String, before next: String?) -> Answer {
        let word = word.lowercased()
        if CommandSynonyms.restoring.contains(word) { return .page(group) }
        if group.isEmpty, let choices = CommandSynonyms.choices[word] { return .choices(choices) }
        if group.isEmpty, let next, let meant = renamedGroup(word, before: next) { return meant }
        let known = named(word, in: group, before: next)
        if CommandSynonyms.destroying.contains(word) {
            let owner = owner(group, next)
            if owner.isEmpty { return .pages(CommandSynonyms.takingAway(word)) }
            let gone = takingAway(in: owner)
            return .page(gone.count == 1 ? gone[0] : owner)
        }
        let found = [known, slipped(word, in: group, before: next)].first { !$0.isEmpty } ?? []
        return safe(found, in: group)
    }

    private func safe(_ found: [String], in group: String) -> Answer {
        if let first = found.first, found.count == 1, isDestroying(first) { return .page(first) }
        let harmless = found.filter { !isDestroying($0) }
        // More than three guesses help nobody.
        return (1...3).contains(harmless.count) ? .commands(harmless) : .page(group)
    }

    // MARK: - Words that name something

    /// Commands that bear the name elsewhere, or that people call so.
    private func named(_ word: String, in group: String, before next: String?) -> [String] {
        let owner = owner(group, next)
        let called = (CommandSynonyms.commands["\(group) \(word)"] ?? CommandSynonyms.commands[word] ?? [])
            .filter { Self.besides.contains($0) || commands.contains($0) }
        let bearing = commands.filter { last($0) == word && $0 != word || ($0 == word && !group.isEmpty) }
        // A command in the group that the line names comes first.
        for list in [bearing, called] {
            let own = list.filter { !owner.isEmpty && $0.hasPrefix("\(owner) ") }
            if let first = own.first { return [first] }
        }
        // Commands about courses come before those about accounts.
        let near =
            bearing.filter { isNear($0, group) && isOfCourses($0) }
            + bearing.filter { isNear($0, group) && !isOfCourses($0) }
        let shallow = near.filter { !$0.contains(" ") }
        if !shallow.isEmpty { return shallow }
        if let first = called.first(where: { isNear($0, group) }) { return [first] }
        return near
    }

    /// Words that `lms` answers though they are no commands.
    private static let besides: Set<String> = ["--version", "help"]

    /// Whether a command may be meant from a group: the groups about courses are near to each other, the operator's are not.
    private func isNear(_ command: String, _ group: String) -> Bool {
        group.isEmpty || !command.contains(" ") || command.hasPrefix("\(group) ")
            || (isOfCourses(group) && isOfCourses(command))
    }

    private func isOfCourses(_ command: String) -> Bool {
        ["course", "material", "roster", "teacher"].contains { command == $0 || command.hasPrefix("\($0) ") }
    }

    /// The group that is meant: the one before the word, or behind it, as in `create course`.
    private func owner(_ group: String, _ next: String?) -> String {
        guard group.isEmpty, let next = next?.lowercased() else { return group }
        return groups.first { $0 == next || "\($0)s" == next } ?? ""
    }

    /// The command in a group that people call by another name, as `enrollment list` is `roster list`.
    private func renamedGroup(_ word: String, before next: String) -> Answer? {
        guard let group = CommandSynonyms.groups[word] else { return nil }
        let command = "\(group) \(next.lowercased())"
        if commands.contains(command) { return safe([command], in: group) }
        let answer = answer(to: next, in: group, before: nil)
        return answer == .page(group) ? nil : answer
    }

    private func takingAway(in group: String) -> [String] {
        commands.filter {
            $0.hasPrefix("\(group) ") && CommandSynonyms.deletingNames.contains(last($0))
        }
    }

    // MARK: - Slips

    private func slipped(_ word: String, in group: String, before next: String?) -> [String] {
        let siblings = children(of: group)
        if let name = Spelling.nearest(to: word, among: siblings)
            ?? Spelling.completion(of: word, among: siblings)
        {
            let command = group.isEmpty ? name : "\(group) \(name)"
            let longer = next.map { "\(command) \($0)" }
            return [longer.flatMap { commands.contains($0) ? $0 : nil } ?? command]
        }
        guard word.count >= 4 else { return [] }
        let leaves = commands.filter { isNear($0, group) && !groups.contains($0) }
        if let name = Spelling.nearest(to: word, among: leaves.map(last)) {
            return leaves.filter { last($0) == name }
        }
        guard word.count >= 5,
            let synonym = Spelling.nearest(to: word, among: CommandSynonyms.words)
        else { return [] }
        return named(synonym, in: group, before: next)
    }

    // MARK: - The tree

    private func children(of group: String) -> [String] {
        commands.compactMap { command in
            guard !group.isEmpty else { return command.contains(" ") ? nil : command }
            return command.hasPrefix("\(group) ") ? String(command.dropFirst(group.count + 1)) : nil
        }
    }

    private func last(_ command: String) -> String {
        String(command.split(separator: " ").last ?? "")
    }

    private func isDestroying(_ command: String) -> Bool {
        CommandSynonyms.destroyingNames.contains(last(command))
    }
}
