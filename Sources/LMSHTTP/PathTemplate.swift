internal import LMSCore
internal import LMSText

/// A path with parameters: `/course/{course}/material`.
struct PathTemplate: Sendable, CustomStringConvertible {
    enum Segment: Sendable, Hashable {
        case literal(String)
        case parameter(String)
    }

    let description: String
    let segments: [Segment]

    init(_ text: String) {
        description = text
        segments = text.split(separator: "/").map { word in
            word.hasPrefix("{") ? .parameter(String(word.dropFirst().dropLast())) : .literal(String(word))
        }
    }

    var parameters: [String] {
        segments.compactMap { segment in
            guard case .parameter(let name) = segment else { return nil }
            return name
        }
    }

    /// The parameters of a path; `nil` where it is not of this form. Doubled and trailing slashes are no
    /// part of any form.
    func match(_ path: PathSegments) -> [JSONValue.Member]? {
        guard path.segments.count == segments.count else { return nil }
        for index in segments.indices {
            let word = path.segments[index]
            switch segments[index] {
            case .literal(let literal): guard literal.isIdentical(to: word) else { return nil }
            case .parameter: guard !word.isEmpty else { return nil }
            }
        }
        return zip(segments, path.segments).compactMap { segment, word in
            guard case .parameter(let name) = segment else { return nil }
            return JSONValue.Member(key: name, value: .string(Self.reference(word)))
        }
    }

    /// The value of a parameter. Ids, codes and `course:3` need no percent-encoding. One that is encoded all the same is
    /// left as it is, and then names nothing, so that nothing can be reached by two addresses. Other texts name nothing
    /// either; they are decoded for the message that says so.
    private static func reference(_ word: String) -> String {
        guard word.utf8.contains(UInt8(ascii: "%")), let decoded = PercentEncoding.decode(Substring(word)),
            !decoded.utf8.allSatisfy(PercentEncoding.isPlainInPath)
        else { return word }
        return decoded
    }

    /// The path with its parameters filled in.
    func path(_ value: (String) -> String?) -> String {
        segments.map { segment in
            switch segment {
            case .literal(let literal): "/\(literal)"
            case .parameter(let name):
                "/\(PercentEncoding.encode(value(name) ?? "", except: PercentEncoding.isPlainInPath))"
            }
        }.joined()
    }
}

/// The path of a request, cut at its slashes.
struct PathSegments {
    let segments: [String]

    init(_ path: Substring) {
        var path = path
        segments = path.withUTF8 { bytes in
            bytes.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
                .map { String(decoding: $0, as: UTF8.self) }
        }
    }
}
