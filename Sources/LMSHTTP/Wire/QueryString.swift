internal import LMSCore
internal import LMSText

/// The fields behind the `?` of an address, as `application/x-www-form-urlencoded` writes them.
/// Source: https://url.spec.whatwg.org/#application/x-www-form-urlencoded
enum QueryString {
    /// More than any route has.
    private static let fieldLimit = 32

    /// Reads the fields, each of which may stand once.
    ///
    /// - Throws: `JSONInput.ShapeError`.
    static func members(_ text: Substring) throws -> [JSONValue.Member] {
        var members: [JSONValue.Member] = []
        let fields = text.split(separator: "&")
        guard fields.count <= fieldLimit else {
            throw JSONInput.ShapeError(field: "", reason: "the query has too many fields")
        }
        for field in fields {
            let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentEncoding.decode(parts[0], plusIsSpace: true),
                let value = PercentEncoding.decode(parts.count == 2 ? parts[1] : "", plusIsSpace: true)
            else {
                throw JSONInput.ShapeError(field: "", reason: "the query has a % that encodes no text")
            }
            guard !members.contains(where: { name.isIdentical(to: $0.key) }) else {
                throw JSONInput.ShapeError(field: name, reason: "this field stands twice")
            }
            members.append(JSONValue.Member(key: name, value: .string(value)))
        }
        return members
    }

    /// Writes fields; nothing where there are none.
    static func text(_ members: [JSONValue.Member]) -> String {
        let fields = members.map { member in
            let value =
                switch member.value {
                case .string(let text), .number(let text): text
                case .boolean(let value): value.description
                case .null, .array, .object: ""
                }
            return "\(PercentEncoding.encode(member.key))=\(PercentEncoding.encode(value))"
        }
        return fields.isEmpty ? "" : "?" + fields.joined(separator: "&")
    }
}

/// Percent-encoding. Source: RFC 3986, section 2.
///
/// Query strings need it, since a title or the words of a search may be any text. Paths take none: ids, codes and `course:3`
/// need none, and so nothing has two addresses.
enum PercentEncoding {
    /// Encodes every byte but those that are plain, the unreserved ones.
    static func encode(_ text: String, except isPlain: (UInt8) -> Bool = isUnreserved) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if isPlain(byte) {
                bytes.append(byte)
            } else {
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// - Returns: `nil` where a `%` has no two digits behind it, or the bytes are no UTF-8.
    static func decode(_ text: Substring, plusIsSpace: Bool = false) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(value), let low = rest.popFirst().flatMap(value)
                else { return nil }
                bytes.append(high << 4 | low)
            case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// Letters, digits and `-._~`, which need no encoding.
    static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "_"), UInt8(ascii: "~"):
            true
        default: false
        }
    }

    /// In a segment of a path a colon needs none either.
    static func isPlainInPath(_ byte: UInt8) -> Bool {
        isUnreserved(byte) || byte == UInt8(ascii: ":")
    }

    private static let digits = Array("0123456789ABCDEF".utf8)

    private static func value(of digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
