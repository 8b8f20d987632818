internal import LMSCommandLine
internal import LMSText

/// Prints pages of help, as wide as the terminal is, at most; a long page in a pager, like a long list.
struct HelpPrinter {
    let console: Console
    let isPagerWanted: Bool

    /// How wide a page is where it goes to a file or a pipe.
    static let columns = 80

    func print(_ path: CommandPath) throws {
        try print(HelpPage(path.node, at: path.words, of: CommandTree.root, columns: columns).text)
    }

    func printSharedOptions() throws { try print(Self.sharedOptions(columns: columns)) }

    /// The options that every command has, on a page of their own.
    static func sharedOptions(columns: Int) -> String {
        HelpPage.shared(
            CourseList.parameters, introduction: DisplayWidth.wrap(introduction, to: columns), columns: columns)
    }

    private static let introduction =
        "Options that commands share. Those about a server are not for serve, db and user, which act on the database itself."

    private var columns: Int { console.outputIsTerminal ? min(Self.columns, console.size.columns) : Self.columns }

    private func print(_ text: String) throws {
        let pager = Pager(console, isWanted: isPagerWanted)
        try Output(descriptor: console.streams.output, pager: pager, lines: console.size.rows - 1).writeWhole(text)
    }
}
