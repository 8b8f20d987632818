internal import LMSCore
internal import LMSDatabase
internal import SystemPackage

extension LMSError {
    /// - Parameter act: What could not be done, as in `cannot read notes.md`.
    init(_ code: Code, _ act: String, _ error: Errno, hint: String? = nil) {
        self.init(code, "\(act): \(error)", hint: hint, causes: [error.cause])
    }
}
