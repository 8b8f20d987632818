internal import LMSText

/// The rule for the path of a file that a course file names.
enum AttachmentPath {
    /// Whoever wrote the course file may be somebody else: it must not bring the reader's own files among the students.
    ///
    /// - Throws: `LMSError` `invalid` for a path that could lead out of the course file's folder, or to a hidden file.
    static func check(_ path: String) throws {
        let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard !path.isEmpty, !path.unicodeScalars.contains(where: \.isInvisibleControl) else {
            throw LMSError(.invalid, "\(quoted(path)) cannot be the path of a file")
        }
        guard parts.first?.isEmpty == false, !parts.contains(where: { $0.elementsEqual("..".utf8) }) else {
            throw LMSError(
                .invalid,
                "\(quoted(path)) leads out of this file's folder: write a path from here, without '..'")
        }
        guard !parts.contains(where: { $0.first == UInt8(ascii: ".") && $0.count > 1 }) else {
            throw LMSError(
                .invalid, "\(quoted(path)) is hidden: what begins with a dot is not read into a course")
        }
    }
}
