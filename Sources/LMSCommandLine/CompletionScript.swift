/// What a shell runs to complete a line: a short script that asks the program itself, so that it knows what the program knows.
///
/// The program answers with a line that says what follows (`words`, `files`, `folders`), then a line for each word, with its
/// meaning behind a tab.
package enum CompletionScript: String, CaseIterable, ArgumentValue {
    case bash, zsh, fish

    /// - Parameters:
    ///   - program: Its name, as it is typed.
    ///   - command: The command that answers: it gets the words behind the program's name, behind `--`.
    package func text(for program: String, asking command: String) -> String {
        let template =
            switch self {
            case .bash: Self.bashScript
            case .zsh: Self.zshScript
            case .fish: Self.fishScript
            }
        return template.replacing("PROGRAM", with: program).replacing("COMMAND", with: command)
    }

    // MARK: - What the script and the program say to each other

    /// The words as they were typed.
    ///
    /// - Parameter words: As the shell has them. bash takes a word apart at `=`.
    package func words(_ words: [String]) -> [String] {
        guard self == .bash else { return words }
        var whole: [String] = []
        var isJoining = false
        for word in words {
            if let last = whole.last, word == "=" || isJoining {
                whole[whole.count - 1] = last + word
                isJoining = word == "="
            } else {
                whole.append(word)
            }
        }
        return whole
    }

    /// What the script reads.
    package func answer(_ completion: WordCompletion) -> String {
        switch completion {
        case .files: "files"
        case .folders: "folders"
        case .words(let words):
            (["words"] + words.map { "\(text(of: $0))\t\($0.meaning)" }).joined(separator: "\n")
        }
    }

    /// bash puts in the place of a value only, not of `--name=value`.
    private func text(of word: WordCompletion.Word) -> String {
        guard self == .bash, let sign = word.text.firstIndex(of: "=") else { return word.text }
        return String(word.text[word.text.index(after: sign)...])
    }

    // MARK: - The scripts

    /// bash takes a word apart at `=`, so that what is completed is what stands behind it.
    private static let bashScript = #"""
        # Completes PROGRAM's lines in bash.
        _PROGRAM() {
            local kind word meaning current="${COMP_WORDS[COMP_CWORD]}"
            [ "$current" != "=" ] || current=
            COMPREPLY=()
            {
                IFS= read -r kind
                while IFS=$'\t' read -r word meaning; do COMPREPLY+=("$word"); done
            } < <("${COMP_WORDS[0]}" COMMAND bash -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2> /dev/null)
            # A file that the shell writes or reads is no word of the line.
            [[ ${COMP_WORDS[COMP_CWORD - 1]} != *[\<\>] ]] || kind=files
            case $kind in
            files) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$current") ;;
            folders) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- "$current") ;;
            esac
        }
        complete -F _PROGRAM PROGRAM

        """#

    private static let zshScript = #"""
        #compdef PROGRAM
        _PROGRAM() {
            local line
            local -a lines plain explained
            lines=("${(@f)$("${words[1]}" COMMAND zsh -- "${(@)words[2,CURRENT]}" 2> /dev/null)}")
            # The name of a file stands behind the sign.
            [[ ${lines[1]} = words || ${words[CURRENT]} != --*=* ]] || compset -P '*='
            case ${lines[1]} in
            files) _files ;;
            folders) _files -/ ;;
            words)
                for line in "${(@)lines[2,-1]}"; do
                    if [[ -n ${line#*$'\t'} ]]; then
                        explained+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
                    else
                        plain+=("${line%%$'\t'*}")
                    fi
                done
                [[ ${#plain} = 0 ]] || compadd -V values -a plain
                [[ ${#explained} = 0 ]] || _describe PROGRAM explained ;;
            esac
        }
        if [ "$funcstack[1]" = _PROGRAM ]; then _PROGRAM "$@"; else compdef _PROGRAM PROGRAM; fi

        """#

    /// Names of files are left to fish, which knows quotes, `~` and what stands behind `=`.
    private static let fishScript = #"""
        # Completes PROGRAM's lines in fish.
        function __PROGRAM_answer
            set -l typed (commandline -opc)
            set -l current (commandline -ct)
            set -l program (string replace -r '^~' -- "$HOME" $typed[1])
            $program COMMAND fish -- $typed[2..-1] "$current" 2> /dev/null
        end
        function __PROGRAM_words
            set -l lines (__PROGRAM_answer)
            test "$lines[1]" = words; and string join \n -- $lines[2..-1]
        end
        function __PROGRAM_is
            set -l lines (__PROGRAM_answer)
            test "$lines[1]" = $argv[1]
        end
        complete -c PROGRAM -f -a '(__PROGRAM_words)'
        complete -c PROGRAM -n '__PROGRAM_is files' -F
        complete -c PROGRAM -n '__PROGRAM_is folders' -f -a '(__fish_complete_directories (commandline -ct))'

        """#
}
