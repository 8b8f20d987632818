package import LMSText
internal import Testing

/// An answer as it came over the wire.
package struct RawAnswer: Sendable {
    package let status: Int
    package let headers: [(name: String, value: String)]
    package let body: [UInt8]

    package var text: String { String(decoding: body, as: UTF8.self) }

    /// The one value of a header; `nil` where it is missing, or stands twice.
    package subscript(header: String) -> String? {
        let found = headers.filter { $0.name.lowercased() == header.lowercased() }
        return found.count == 1 ? found[0].value : nil
    }

    package var json: JSONValue {
        get throws {
            do { return try JSONValue(body) } catch { throw Missing(what: "JSON in '\(text)'") }
        }
    }

    /// The code of a problem.
    package var code: String? { (try? json)?["code"]?.string }
    package var detail: String { (try? json)?["detail"]?.string ?? "" }

    package func string(_ key: String) throws -> String {
        try #require(json[key]?.string, "\(key) in \(text)")
    }

    package func number(_ key: String) throws -> Int {
        guard case .number(let digits) = try json[key], let number = Int(digits) else {
            throw Missing(what: "the number \(key) in \(text)")
        }
        return number
    }

    package var items: [JSONValue] {
        get throws {
            guard case .array(let items) = try json["items"] else { throw Missing(what: "items in \(text)") }
            return items
        }
    }
}
