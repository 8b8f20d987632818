internal import LMSCore

/// Writes JSON (RFC 8259) in the order that it is given. Everything that could steer a terminal is escaped.
enum JSONText {
    static func object(_ members: [(key: String, value: String)]) -> String {
        "{" + members.map { "\(string($0.key)):\($0.value)" }.joined(separator: ",") + "}"
    }

    static func string(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where scalar.isInvisibleControl: result += escape(scalar)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    /// All that is escaped lies in the first 65,536 code points, so four digits do.
    private static func escape(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }

    static func error(_ error: LMSError) -> String {
        var members = [
            (key: "code", value: string(error.code.rawValue)),
            (key: "message", value: string(error.message)),
        ]
        if let hint = error.hint { members.append(("hint", string(hint))) }
        if let seconds = error.retryAfter { members.append(("retry_after", String(seconds))) }
        return object(members)
    }
}
