internal import ArgumentParser

/// `lms completion <shell>`
struct Completion: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "completion", _superCommandName: "lms",
        abstract: "Print a script that lets your shell complete lms's commands.",
        discussion: """
            Examples:
              lms completion bash > ~/.local/share/bash-completion/completions/lms
              lms completion fish > ~/.config/fish/completions/lms.fish
            """)

    enum Shell: String, CaseIterable, ExpressibleByArgument {
        case bash, zsh, fish
    }

    @Argument(help: "Your shell: bash, zsh or fish.")
    var shell: Shell

    func run() throws {
        let kind: CompletionShell =
            switch shell {
            case .bash: .bash
            case .zsh: .zsh
            case .fish: .fish
            }
        try CommandTree.printText(LMS.completionScript(for: kind))
    }
}
