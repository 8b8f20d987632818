internal import LMSCore
internal import LMSText

/// What a person is asked for where the command line does not say it.
extension Console {
    /// - Parameters:
    ///   - argument: What the command line does not say.
    ///   - command: What its help is called.
    /// - Throws: `LMSError` `usage` where nobody is there to answer.
    func requireAnswers(for argument: String, of command: String) throws {
        guard isInteractive else {
            let kind = argument.hasPrefix("-") ? "option" : "argument"
            throw LMSError(.usage, "an \(kind) is missing: \(argument)", hint: "See: lms help \(command)")
        }
    }

    func askUsername() throws -> Username { Username(try answer("Username:")) }

    func askRole() throws -> Role {
        while true {
            let answer = try answer("Teacher or student?").lowercased()
            let meant = OptionSynonyms.values[answer]?.first ?? answer
            let roles = Role.allCases.filter { !answer.isEmpty && $0.rawValue.hasPrefix(meant) }
            if let role = roles.first { return role }
            note("Answer teacher or student.")
        }
    }

    private func answer(_ question: String) throws -> String {
        write("\(question) ")
        guard let line = readLine() else {
            write("\n")
            throw LMSError(.usage, "no answer was given")
        }
        return line.trimmed
    }
}
