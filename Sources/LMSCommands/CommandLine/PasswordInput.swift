internal import Foundation
internal import LMSCore

/// Where passwords come from: the keyboard, or standard input. Never an argument, never a variable.
extension Console {
    /// Asks for a password.
    ///
    /// - Throws: `LMSError` `usage` where nobody is there to answer.
    func askPassword(_ prompt: String) throws -> Password {
        guard isInteractive else {
            throw LMSError(
                .usage, "there is no terminal to ask for the password",
                hint: "Send it to standard input, with --password-stdin.")
        }
        let question = "\(VisibleText.line(prompt)): "
        write(question)
        let line = TerminalEcho.withoutEcho(of: streams.input, prompt: (question, streams.error)) {
            readLine()
        }
        write("\n")
        guard let line else { throw LMSError(.usage, "no password was given") }
        return Password(line)
    }

    /// Asks for a new password twice, so that a slip does not lock its owner out.
    func askNewPassword(_ prompt: String) throws -> Password {
        let first = try askPassword(prompt)
        guard try askPassword("The same again").isSame(as: first) else {
            throw LMSError(.invalid, "the two passwords differ: nothing was changed")
        }
        return first
    }

    /// Reads a password from standard input: all of it, but for one newline at its end.
    func readPassword() throws -> Password {
        Password(Self.withoutFinalNewline(try readInput()))
    }

    /// Reads two lines: the current password, and the new one.
    func readPasswords() throws -> (current: Password, new: Password) {
        let lines = Self.withoutFinalNewline(try readInput()).utf8
            .split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard lines.count == 2 else {
            throw LMSError(
                .malformed, "standard input must hold two lines: the current password, then the new one")
        }
        return (Password(String(lines[0]) ?? ""), Password(String(lines[1]) ?? ""))
    }

    private func readInput() throws -> String {
        // No password is that long: the rest need not be read.
        try TextInput.read(streams.input, name: "standard input", limit: 64 << 10)
    }

    private static func withoutFinalNewline(_ text: String) -> String {
        text.utf8.last == UInt8(ascii: "\n") ? String(text.utf8.dropLast()) ?? text : text
    }
}
