internal import LMSCore
internal import NIOCore

/// An answer that is made once, and needs no use case.
struct FixedAnswer: Sendable {
    let path: String
    let summary: String
    /// Whether it is given only where the database can be reached.
    let needsDatabase: Bool
    /// All who ask share it, so that it is in memory once, however many do not read it.
    let body: ByteBuffer
}

/// What a server says about itself: whether it is well, and what it can do.
struct FixedAnswers: Sendable {
    static let healthy = FixedAnswer(
        path: "/healthz", summary: "Tell that the server runs.", needsDatabase: false,
        body: ByteBuffer(string: #"{"status":"ok"}"#))
    static let ready = FixedAnswer(
        path: "/readyz", summary: "Tell that the server reaches its database.", needsDatabase: true,
        body: ByteBuffer(string: #"{"status":"ok"}"#))

    let all: [FixedAnswer]

    /// - Parameter document: The API's description, as JSON.
    init(document: [UInt8]) {
        all = [
            Self.healthy, Self.ready,
            FixedAnswer(
                path: "/openapi.json", summary: "Describe this API.", needsDatabase: false,
                body: ByteBuffer(bytes: document)),
        ]
    }

    func answer(at path: Substring) -> FixedAnswer? {
        all.first { $0.path.utf8.elementsEqual(path.utf8) }
    }
}
