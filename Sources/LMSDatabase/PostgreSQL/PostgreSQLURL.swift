/// A URL as libpq reads it, which may hold a password: `postgres://USER:PASSWORD@HOST:PORT/DATABASE?KEY=VALUE`.
package enum PostgreSQLURL {
    /// Leaves out what stands behind the user's name, and a `password` among the parameters. Where a character of a password
    /// should have been written as `%2F` and the like, more is left out rather than less.
    package static func withoutPassword(_ url: String) -> String {
        guard let start = url.firstRange(of: "://")?.upperBound else { return url }
        // As libpq reads it: up to a slash, everything in front of an `@` is a user and a password, `?` and `#` too.
        let credentials = url[start...].firstIndex { $0 == "@" || $0 == "/" }
        let host = credentials.flatMap { url[$0] == "@" ? $0 : nil } ?? start
        let question = beginningOfParameters(url[host...])
        var address = String(url[start..<question])
        if let at = address.lastIndex(of: "@") {
            if let colon = address[..<at].firstIndex(of: ":") { address.removeSubrange(colon..<at) }
        } else if let colon = oddPort(address) {
            // It is no port, so it may be a password whose `@` is missing.
            return String(url[..<start]) + address[..<colon]
        }
        let kept = url[question...].dropFirst().split(separator: "&").filter { field in
            // libpq reads %70assword too. What has no value is the rest of one that has an & in it.
            let key = String(field.prefix { $0 != "=" })
            return field.contains("=")
                && !["password", "sslpassword"].contains(decoded(key))
        }
        return String(url[..<start]) + address + (kept.isEmpty ? "" : "?" + kept.joined(separator: "&"))
    }

    /// A text in lower case, with the characters that stand as `%41` and the like in it; whatever else begins with `%` stays.
    static func decoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2, let code = UInt8(String(rest.prefix(2)) ?? "", radix: 16) {
                bytes.append(code)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self).lowercased()
    }

    /// Where the parameters begin: a `?` with a key and a `=` behind it. One in a password has no such thing behind it.
    private static func beginningOfParameters(_ text: Substring) -> String.Index {
        text.indices.first { index in
            guard text[index] == "?" else { return false }
            let key = text[index...].dropFirst().prefix { $0.isLetter || $0.isNumber || "_%".contains($0) }
            return !key.isEmpty && key.endIndex < text.endIndex && text[key.endIndex] == "="
        } ?? text.endIndex
    }

    /// The first colon of `host:port,host:port/database` with something else than a port behind it.
    static func oddPort(_ address: some StringProtocol) -> String.Index? {
        for host in address.prefix(while: { !"/?#".contains($0) }).split(separator: ",") {
            // The colons between [ and ] belong to an address.
            let rest = host.lastIndex(of: "]").map { host[$0...] } ?? host
            guard let colon = rest.firstIndex(of: ":") else { continue }
            if !rest[colon...].dropFirst().allSatisfy({ $0.isASCII && $0.isNumber }) { return colon }
        }
        return nil
    }
}
