internal import LMSCommandLine

/// `lms complete <shell> -- <words> ...`: what a shell's script asks when somebody presses the tab key.
struct Complete: Command {
    static let name = "complete"
    static let summary = "Tell a shell's script what may follow."
    static let examples = ["lms complete bash -- course li"]
    static var syntax: Syntax<Self> {
        [
            .argument("shell", \.shell, "The shell that asks: bash, zsh or fish."),
            .arguments("words", \.words, isRequired: false, "The words behind lms, the last one as far as it is typed."),
        ]
    }

    var shell = CompletionScript.bash
    var words: [String] = []

    func run() throws {
        let typed = shell.words(words)
        let completion =
            typed.first == "help" && typed.count > 1
            ? WordCompletion(pagesFor: Array(typed.dropFirst()), of: CommandTree.root)
            : WordCompletion(typed, of: CommandTree.root)
        try Output.print(shell.answer(completion))
    }
}
