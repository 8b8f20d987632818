internal import LMSCommandLine

/// `lms completion <shell>`
struct CompletionCommand: Command {
    static let name = "completion"
    static let summary = "Print a script that lets your shell complete lms's commands."
    static let examples = [
        "lms completion bash > ~/.local/share/bash-completion/completions/lms",
        "lms completion fish > ~/.config/fish/completions/lms.fish",
    ]
    static var syntax: Syntax<Self> {
        [.argument("shell", \.shell, "Your shell: bash, zsh or fish.")]
    }

    var shell = CompletionScript.bash

    func run() throws {
        try Output.print(shell.text(for: CommandTree.root.name, asking: Complete.name))
    }
}
