internal import Foundation
internal import LMSCore

/// The dotfile that remembers who is signed in where: one session for each target, and the current target.
struct SessionFile: Sendable {
    struct Contents: Codable, Sendable {
        var current: String?
        var sessions: [String: StoredSession] = [:]
    }

    struct StoredSession: Codable, Sendable {
        var username: Username
        var token: SessionToken
        var expiresAt: Instant

        enum CodingKeys: String, CodingKey {
            case username, token
            case expiresAt = "expires_at"
        }
    }

    let file: PrivateFile

    /// - Throws: `LMSError` `io` where neither `LMS_SESSION_FILE` nor `HOME` is set.
    init(environment: Environment) throws {
        file = PrivateFile(
            path: try environment["LMS_SESSION_FILE"] ?? environment.home() + "/.lms_session",
            name: "session file")
    }

    /// What is remembered; nothing where there is no file.
    ///
    /// - Throws: `LMSError` `io` for a file that is damaged, or that others could have read or written.
    func read() throws -> Contents {
        try file.read().map(decode) ?? Contents()
    }

    /// Changes what is remembered, while other processes wait.
    func update(_ change: (inout Contents) throws -> Void) throws {
        try file.withLock {
            var contents = try read()
            try change(&contents)
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            try file.replace(with: encoder.encode(contents) + Data("\n".utf8))
        }
    }

    /// Makes sure that a session could be saved, before one is made.
    func prepareForUpdate() throws {
        _ = try read()
        try file.withLock { try file.rehearseReplacing() }
    }

    private func decode(_ data: Data) throws -> Contents {
        do {
            return try JSONDecoder().decode(Contents.self, from: data)
        } catch {
            throw LMSError(
                .io, "the session file \(file.path) is damaged",
                hint: "It was left as it is. Remove it with: rm \(shellQuoted(file.path))")
        }
    }
}

/// A word as a shell takes it whole.
func shellQuoted(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy {
        switch $0 {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "-"):
            true
        default: false
        }
    }
    return isPlain && !text.isEmpty ? text : "'" + text.replacingOccurrences(of: "'", with: "'\\''") + "'"
}
