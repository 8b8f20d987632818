internal import LMSCore

/// A server's scheme, host and port: what a token belongs to. Source: RFC 6454.
package struct Origin: Sendable, Hashable, CustomStringConvertible {
    package enum Scheme: String, Sendable {
        case http
        case https

        var defaultPort: Int { self == .http ? 80 : 443 }
    }

    package let scheme: Scheme
    /// In small letters; an IPv6 address without its brackets.
    package let host: String
    package let port: Int

    /// Whether a text is meant as a server's address, and not as a file's path.
    package static func isMeant(by text: String) -> Bool { text.contains("://") }

    /// Reads `https://lms.school.id` or `http://127.0.0.1:8080`, and nothing that carries more than that.
    ///
    /// - Throws: `LMSError` `usage`.
    package init(_ text: String) throws {
        guard let scheme = Scheme.allCases.first(where: { text.lowercased().hasPrefix("\($0.rawValue)://") })
        else {
            throw Self.wrong(text)
        }
        self.scheme = scheme
        var rest = text.dropFirst(scheme.rawValue.count + 3)
        if rest.hasSuffix("/") { rest = rest.dropLast() }
        let host: Substring
        let port: Substring?
        if rest.hasPrefix("[") {
            guard let end = rest.firstIndex(of: "]"), IPAddress(rest[..<end].dropFirst())?.bytes.count == 16
            else { throw Self.wrong(text) }
            host = rest[..<end].dropFirst()
            let behind = rest[end...].dropFirst()
            guard behind.isEmpty || behind.hasPrefix(":") else { throw Self.wrong(text) }
            port = behind.isEmpty ? nil : behind.dropFirst()
        } else {
            let parts = rest.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count <= 2, let first = parts.first, Self.isName(first) else {
                throw Self.wrong(text)
            }
            host = first
            port = parts.count == 2 ? parts[1] : nil
        }
        self.host = host.lowercased()
        if let port {
            guard let number = Int(port), number.description == port, (1...65535).contains(number) else {
                throw Self.wrong(text)
            }
            self.port = number
        } else {
            self.port = scheme.defaultPort
        }
    }

    /// Letters, digits, dots and hyphens: what a host has in the Domain Name System, or an IPv4 address.
    private static func isName(_ text: Substring) -> Bool {
        (1...253).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                PercentEncoding.isUnreserved($0) && $0 != UInt8(ascii: "_") && $0 != UInt8(ascii: "~")
            }
    }

    private static func wrong(_ text: String) -> LMSError {
        LMSError(.usage, "'\(text)' is no server's address", hint: hint(about: text))
    }

    private static func hint(about text: String) -> String {
        if text.lowercased().hasPrefix("postgres") { return "A database is named with --db or LMS_DB." }
        if text.hasPrefix("/") || text.hasPrefix(".") || text.hasSuffix(".db") {
            return "A database file is named with --db or LMS_DB."
        }
        if !isMeant(by: text), let origin = try? Origin("https://\(text)") {
            // On the same machine, a server rarely has a certificate.
            let scheme = origin.isOnThisMachine ? "http" : "https"
            return "Write what it speaks in front: \(scheme)://\(text)"
        }
        return "Write it like https://lms.school.id or http://127.0.0.1:8080"
    }

    /// As it is kept and shown: the port only where it is not the scheme's own.
    package var description: String { "\(scheme.rawValue)://\(authority)" }

    /// The host, with the port only where it is not the scheme's own: what `Host` says.
    var authority: String {
        let shown = host.contains(":") ? "[\(host)]" : host
        return shown + (port == scheme.defaultPort ? "" : ":\(port)")
    }

    /// Whether nobody on the way can listen: the same machine, or TLS.
    package var isPrivate: Bool { scheme == .https || isOnThisMachine }

    private var isOnThisMachine: Bool {
        host == "localhost" || (IPAddress(host).map(\.isLoopback) ?? false)
    }
}

extension Origin.Scheme: CaseIterable {}
