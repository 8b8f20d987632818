internal import LMSCore
internal import LMSText

/// Writes JSON (RFC 8259) in the order that it is given.
enum JSONText {
    static func object(_ members: [(key: String, value: String)]) -> String {
        "{" + members.map { "\(string($0.key)):\($0.value)" }.joined(separator: ",") + "}"
    }

    static func string(_ text: String) -> String {
        var bytes: [UInt8] = []
        JSONString.append(text, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    static func error(_ error: LMSError) -> String {
        var members = [
            (key: "code", value: string(error.code.rawValue)),
            (key: "message", value: string(error.message)),
        ]
        if let hint = error.hint { members.append(("hint", string(hint))) }
        if let seconds = error.retryAfter { members.append(("retry_after", String(seconds))) }
        if let problems = error.problems {
            members.append(("problems", "[" + problems.map(problem).joined(separator: ",") + "]"))
        }
        return object(members)
    }

    private static func problem(_ problem: FileProblem) -> String {
        object([
            ("file", string(problem.file)), ("line", String(problem.line)),
            ("column", String(problem.column)), ("message", string(problem.message)),
        ])
    }
}
