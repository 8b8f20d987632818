internal import LMSText

/// A file that says what courses should be: YAML, one course a document.
package struct CourseFile: Codable, Sendable {
    /// What the file is called where something is wrong in it.
    package let name: String
    package let text: String
    /// The files that it names.
    package let attachments: [Attachment]
    /// What it says, where that is known already. It does not travel.
    private(set) var reading: CourseFileReading?

    /// A text that stands in a file of its own.
    package struct Attachment: Codable, Sendable {
        /// As the course file writes it, relative to its folder.
        package let path: String
        package let text: String

        package init(path: String, text: String) {
            self.path = path
            self.text = text
        }
    }

    /// How much all files of one act may have, in bytes of UTF-8.
    package static let limit = 64 << 20

    package init(name: String, text: String, attachments: [Attachment]) {
        self.name = name
        self.text = text
        self.attachments = attachments
    }

    enum CodingKeys: String, CodingKey {
        case name, text, attachments
    }

    /// Makes course files, with the files that they name.
    ///
    /// - Parameters:
    ///   - sources: The name and the text of each.
    ///   - read: Reads a file that one of them names: the name of the one, and the path as it stands there.
    /// - Throws: `LMSError` `invalid` that names each file that cannot be read, where it is named, and with these all that is
    ///   wrong in the course files themselves; or `tooLarge`. Where all could be read, what is wrong is left to
    ///   whoever performs it.
    package static func gathering(
        _ sources: [(name: String, text: String)], read: (_ source: String, _ path: String) throws -> String
    ) throws -> [CourseFile] {
        var unread: [(path: Located<String>, error: LMSError)] = []
        var size = sources.reduce(0) { $0 + $1.text.utf8.count }
        let files = try sources.map { name, text in
            var attachments: [[UInt8]: Attachment] = [:]
            // Its own problems are found again, with all others, where the database is.
            let reader = try CourseFileReader(CourseFile(name: name, text: text, attachments: []))
            for path in reader.attachmentPaths where attachments[Array(path.value.utf8)] == nil {
                guard size <= limit else { throw LMSError.courseFilesTooLarge }
                do {
                    let text = try read(name, path.value)
                    size += text.utf8.count
                    attachments[Array(path.value.utf8)] = Attachment(path: path.value, text: text)
                } catch let error as LMSError {
                    unread.append((path, error))
                    // Read as empty, so that it is not missed a second time.
                    attachments[Array(path.value.utf8)] = Attachment(path: path.value, text: "")
                }
            }
            var file = CourseFile(
                name: name, text: text, attachments: attachments.values.sorted { $0.path < $1.path })
            if reader.attachmentPaths.isEmpty { file.reading = reader.reading }
            return file
        }
        if !unread.isEmpty {
            var problems = try CourseDocuments(files).problems
            for (path, error) in unread { problems.add(error.message, at: path, hint: error.hint) }
            try problems.throwIfAny()
        }
        guard size <= limit else { throw LMSError.courseFilesTooLarge }
        return files
    }
}

extension LMSError {
    static let courseFilesTooLarge = LMSError(
        .tooLarge, "this is too much at once: at most \(CourseFile.limit >> 20) MiB of texts",
        hint: "Take fewer courses at a time.")
}
