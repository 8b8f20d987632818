internal import Glibc
internal import LMSCore
internal import LMSText

/// The file in the home folder that remembers who is signed in where: a session for each target, and the current target.
struct SessionFile: Sendable {
    struct Contents: Sendable {
        var current: String?
        var sessions = StoredSessions()
    }

    struct StoredSession: Sendable {
        var username: Username
        var token: SessionToken
        var expiresAt: Instant
    }

    let file: PrivateFile

    /// - Throws: `LMSError` `io` where neither `LMS_SESSION_FILE` nor `HOME` is set.
    init(environment: Environment) throws {
        file = PrivateFile(
            path: try environment.path("LMS_SESSION_FILE") ?? environment.home() + "/.lms_session",
            name: "session file", isOurs: environment["LMS_SESSION_FILE"] == nil)
    }

    /// What is remembered; nothing where there is no file.
    ///
    /// - Throws: `LMSError` `io` for a file that is damaged, or that others could have read or written.
    func read() throws -> Contents {
        try file.read().map(contents) ?? Contents()
    }

    /// Changes what is remembered, while other processes wait. Sessions that have expired are forgotten.
    func update(at now: Instant, _ change: (inout Contents) throws -> Void) throws {
        try file.withLock {
            var contents = try read()
            try change(&contents)
            contents.sessions.forget { $0.expiresAt <= now }
            try file.replace(with: Array(contents.json.utf8))
        }
    }

    /// Makes sure that a session could be saved, before one is made.
    func prepareForUpdate(at now: Instant) throws {
        var contents = try read()
        contents.sessions.forget { $0.expiresAt <= now }
        // Room for one more session, however long the path of its database is.
        let room = [UInt8](repeating: 0, count: 2 * Int(PATH_MAX))
        try file.withLock { try file.dryRunReplacing(with: Array(contents.json.utf8) + room) }
    }

    private func contents(_ bytes: [UInt8]) throws -> Contents {
        guard let document = try? JSONValue(bytes), let contents = Contents(document) else {
            throw file.refusal("is damaged", mend: "rm")
        }
        return contents
    }
}

extension SessionFile.Contents {
    /// `nil` where the document is not of the form that `json` writes.
    init?(_ document: JSONValue) {
        guard let members = document.members else { return nil }
        for member in members {
            switch (member.key, member.value) {
            case ("current", .null): current = nil
            case ("current", .string(let target)): current = target
            case ("sessions", .object(let stored)):
                for entry in stored {
                    guard let session = SessionFile.StoredSession(entry.value) else { return nil }
                    sessions[entry.key] = session
                }
            case ("current", _), ("sessions", _): return nil
            // A key of a later version is passed over.
            default: continue
            }
        }
    }

    var json: String {
        let stored = sessions.all.sorted { $0.target < $1.target }.map { target, session in
            "    \(JSONWriter.text { $0.write(target) }): \(session.json)"
        }
        let current = current.map { target in JSONWriter.text { $0.write(target) } } ?? "null"
        let list = stored.isEmpty ? "{}" : "{\n\(stored.joined(separator: ",\n"))\n  }"
        return "{\n  \"current\": \(current),\n  \"sessions\": \(list)\n}\n"
    }
}

extension SessionFile.StoredSession {
    fileprivate init?(_ value: JSONValue) {
        guard let username = value["username"]?.string,
            let token = value["token"]?.string.flatMap(SessionToken.init),
            let expiresAt = value["expires_at"]?.string.flatMap(Instant.init)
        else { return nil }
        self.init(username: Username(username), token: token, expiresAt: expiresAt)
    }

    fileprivate var json: String {
        JSONWriter.text { json in
            json.object { json in
                json.key("username")
                json.write(username.rawValue)
                json.key("token")
                json.write(token.secret)
                json.key("expires_at")
                json.write(expiresAt.description)
            }
        }
    }
}
