internal import NIOCore
internal import NIOHTTP1

/// The parts of requests that came on a connection and are not taken yet, in their order.
struct RequestParts {
    enum Part {
        case head(HTTPRequestHead)
        case body(ByteBuffer)
        case end
        /// What follows is no request.
        case failure(HTTPParserError)
    }

    private var parts = CircularBuffer<Part>()

    /// Whether nothing more should be read before some are taken.
    var areMany: Bool { parts.count >= 2 }

    var isEmpty: Bool { parts.isEmpty }

    var first: Part? { parts.first }

    /// Whether the request that is being read has no end.
    var breakOff: Bool {
        for part in parts {
            switch part {
            case .failure: return true
            case .end: return false
            case .head, .body: continue
            }
        }
        return false
    }

    mutating func append(_ part: Part) { parts.append(part) }

    /// Takes the first one away, where there is one.
    mutating func removeFirst() { _ = parts.popFirst() }

    mutating func removeAll() { parts.removeAll() }
}
