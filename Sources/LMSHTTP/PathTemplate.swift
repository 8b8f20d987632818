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
        var parameters: [JSONValue.Member] = []
        for (segment, word) in zip(segments, path.segments) {
            switch segment {
            case .literal(let literal):
                guard literal.utf8.elementsEqual(word.utf8) else { return nil }
            case .parameter(let name):
                guard !word.isEmpty else { return nil }
                parameters.append(JSONValue.Member(key: name, value: .string(Self.reference(word))))
            }
        }
        return parameters
    }

    /// The value of a parameter. Ids, codes and `course:3` need no percent-encoding. One that is encoded all the same is
    /// left as it is, and then names nothing, so that nothing can be reached by two addresses. Other texts name nothing
    /// either; they are decoded for the message that says so.
    private static func reference(_ word: Substring) -> String {
        guard word.utf8.contains(UInt8(ascii: "%")), let decoded = PercentEncoding.decode(word),
            !decoded.utf8.allSatisfy(PercentEncoding.isPlainInPath)
        else { return String(word) }
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
    let segments: [Substring]

    init(_ path: Substring) {
        segments = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    }
}
