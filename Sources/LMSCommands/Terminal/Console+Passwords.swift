internal import LMSCore
internal import LMSText
internal import SystemPackage

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

    /// Asks for a new password twice, so that a slip does not lock its owner out. The rule is told before, and what
    /// breaks it is not asked for again.
    ///
    /// - Parameter username: Whose it is, where that is known.
    func askNewPassword(_ prompt: String, for username: Username? = nil) throws -> Password {
        if isInteractive { note("A password has at least \(Password.limits.lowerBound) characters.") }
        var first = try askPassword(prompt)
        if let username { first = try first.checked(for: username) }
        guard try askPassword("The same again").isSame(as: first) else {
            throw LMSError(.invalid, "the two passwords differ: nothing was changed")
        }
        return first
    }

    /// Reads the password of an account that is there from standard input: all of it, but for one newline at its
    /// end, LF or CR LF.
    func readPassword() throws -> GivenPassword {
        let (line, isEnded) = try passwordInput()
        return GivenPassword(line: line, isEnded: isEnded)
    }

    /// Reads the password that an account is to have, in the same way.
    ///
    /// - Throws: `LMSError` `invalid` for what an editor put in front of it.
    func readNewPassword() throws -> GivenPassword {
        let (line, isEnded) = try passwordInput()
        return try checkedNew(GivenPassword(line: line, isEnded: isEnded), line)
    }

    /// Reads two lines: the current password, and the new one.
    func readPasswords() throws -> (current: GivenPassword, new: Password) {
        let (input, isEnded) = try passwordInput()
        let lines = input.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard lines.count == 2 else {
            throw LMSError(
                .malformed, "standard input must hold two lines: the current password, then the new one")
        }
        let new = GivenPassword(line: lines[1], isEnded: isEnded)
        return (GivenPassword(line: lines[0], isEnded: true), try checkedNew(new, lines[1]).password)
    }

    /// Standard input without its final LF, and whether there was one.
    private func passwordInput() throws -> (line: [UInt8].SubSequence, isEnded: Bool) {
        // No password is that long: the rest need not be read.
        let bytes = try TextInput.bytes(
            FileDescriptor(rawValue: streams.input), name: TextInput.standardInput, limit: 64 << 10)
        try FileText.checkUTF8(bytes, name: TextInput.standardInput)
        let isEnded = bytes.last == UInt8(ascii: "\n")
        return (isEnded ? bytes.dropLast() : bytes[...], isEnded)
    }

    /// Refuses a mark at the beginning that nobody could type at a prompt, and tells of a blank at the end.
    private func checkedNew(_ given: GivenPassword, _ line: [UInt8].SubSequence) throws -> GivenPassword {
        guard !line.starts(with: "\u{feff}".utf8) else {
            throw LMSError(
                .invalid, "the password begins with a byte order mark, which an editor put there",
                hint: "Save the file without it: in Notepad, as UTF-8 and not as UTF-8 with BOM.")
        }
        if let last = given.lastScalar, last.properties.isWhitespace || last.isInvisibleControl {
            note(
                "The password ends in \(last == "\n" || last == "\r" ? "a line break" : "a blank"): it is part of it."
            )
        }
        return given
    }
}
