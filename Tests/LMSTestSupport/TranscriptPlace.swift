/// Where the commands of a transcript act, if not on the default file.
///
/// A program named `lms` leads them there; the session finds it before the real one.
protocol TranscriptPlace: Sendable {
    /// The folder of that program.
    var path: String { get }

    /// Opens the place before the first step that makes an account: until then there is no database, and
    /// commands say so.
    mutating func open() async throws

    /// - Throws: `TranscriptProgram.Failure` where that was no good end.
    func close() async throws
}
