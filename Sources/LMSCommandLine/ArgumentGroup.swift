/// Arguments and options that belong together: all of a command, or some that several commands take.
///
/// A new value has what holds where nothing is given. What must be given has a value there that nobody sees: a line without
/// it is refused.
package protocol ArgumentGroup: Sendable {
    init()

    static var syntax: Syntax<Self> { get }

    /// Refuses values that do not fit together.
    func check() throws(LineMistake)
}

extension ArgumentGroup {
    package func check() throws(LineMistake) {}

    /// What the words of a line give.
    ///
    /// - Parameter syntax: Its own, or one that has more.
    /// - Throws: The first mistake, in the order of `LineMistake`.
    package static func read(_ words: [String], by syntax: Syntax<Self>) throws(LineMistake) -> Self {
        let line = LineWords(words, for: syntax.parameters)
        try line.requireKnownWords()
        var values = Self()
        for assignment in line.assignments {
            guard syntax.set(assignment.parameter, to: assignment.text, in: &values) else {
                throw .unreadable(syntax.parameters[assignment.parameter], at: assignment.word)
            }
        }
        try line.requireAllThatIsNeeded()
        try syntax.check(values)
        try values.check()
        return values
    }
}
