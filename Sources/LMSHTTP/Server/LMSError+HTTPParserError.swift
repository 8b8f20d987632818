internal import LMSCore
internal import NIOHTTP1

extension LMSError {
    /// What is wrong with bytes of which no request could be made.
    init(_ error: HTTPParserError) {
        let message =
            switch error {
            case .headerOverflow: "the headers are too large"
            case .invalidContentLength, .unexpectedContentLength:
                "Content-Length is no number that fits here, or does not stand alone"
            default: "this is no HTTP request"
            }
        self.init(.malformed, message)
    }
}
