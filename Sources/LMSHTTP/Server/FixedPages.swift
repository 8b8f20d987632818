internal import LMSCore
internal import NIOCore

/// What a server answers without a use case: whether it is well, and what it can do.
struct FixedPages: Sendable {
    struct Page: Sendable {
        let path: String
        let summary: String
        /// Whether it is answered only where the database is.
        let needsDatabase: Bool
        /// One for all who ask: however many do not read it, it is there once.
        let body: ByteBuffer
    }

    static let healthy = Page(
        path: "/healthz", summary: "Tell that the server runs.", needsDatabase: false,
        body: ByteBuffer(string: #"{"status":"ok"}"#))
    static let ready = Page(
        path: "/readyz", summary: "Tell that the server reaches its database.", needsDatabase: true,
        body: ByteBuffer(string: #"{"status":"ok"}"#))

    let all: [Page]

    /// - Parameter document: The API's description, as JSON.
    init(document: [UInt8]) {
        all = [
            Self.healthy, Self.ready,
            Page(
                path: "/openapi.json", summary: "Describe this API.", needsDatabase: false,
                body: ByteBuffer(bytes: document)),
        ]
    }

    func page(at path: Substring) -> Page? {
        all.first { $0.path.utf8.elementsEqual(path.utf8) }
    }
}
