internal import LMSCore
internal import LMSText
internal import SystemPackage

/// A file of settings: lines like `LMS_PORT=8080`, empty lines, and comments behind `#`.
struct ServeFile {
    struct Setting {
        let value: String
        /// Its source location: `FILE:LINE:COLUMN:`.
        let location: String
    }

    let values: [ServeSettings.Key: Setting]

    private static let sizeLimit = 64 << 10

    /// - Throws: `LMSError` `notFound` or `io` for a file that cannot be read, `invalid` for a line that
    ///   says nothing.
    init(path: String) throws {
        var values: [ServeSettings.Key: Setting] = [:]
        let lines = try Self.text(of: path).utf8.split(
            separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, bytes) in lines.enumerated() {
            let line = String(Substring(bytes)).trimmed
            guard !line.isEmpty, !line.hasPrefix("#") else { continue }
            let indent = bytes.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.count
            let location = "\(path):\(index + 1):\(indent + 1):"
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0]).trimmed
            guard parts.count == 2 else {
                throw LMSError(
                    .invalid, "\(location) this is no setting", hint: "Write lines like LMS_PORT=8080")
            }
            guard let key = ServeSettings.Key(rawValue: name) else {
                throw LMSError(
                    .invalid, "\(location) there is no setting '\(name)'",
                    hint: "There are: " + ServeSettings.Key.allCases.map(\.rawValue).joined(separator: ", "))
            }
            guard values[key] == nil else { throw LMSError(.invalid, "\(location) \(name) stands twice") }
            let value = Self.unquoted(String(parts[1]).trimmed)
            if !value.isEmpty { values[key] = Setting(value: value, location: location) }
        }
        self.values = values
    }

    private static func text(of path: String) throws -> String {
        // Opened blocking: a pipe, as a shell's <(…) makes one, may have nothing to read yet.
        let file: FileDescriptor
        do {
            file = try .open(path, .readOnly, options: .closeOnExec)
        } catch let error as Errno {
            throw LMSError(
                error == .noSuchFileOrDirectory ? .notFound : .io, "\(path) cannot be read", error)
        }
        defer { try? file.close() }
        let bytes: [UInt8]
        do {
            bytes = try file.readToEnd(limit: sizeLimit + 1)
        } catch {
            throw LMSError(.io, "\(path) cannot be read: it is no file of settings")
        }
        guard bytes.count <= sizeLimit, let text = String(validating: bytes, as: UTF8.self) else {
            throw LMSError(.invalid, "\(path) is no file of settings")
        }
        // A byte order mark and line ends as editors on Windows and old ones on the Mac write them.
        let plain =
            text.unicodeScalars.first == "\u{feff}" ? String(text.unicodeScalars.dropFirst()) : text
        return plain.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
    }

    private static func unquoted(_ text: String) -> String {
        for quote in ["\"", "'"] where text.count >= 2 && text.hasPrefix(quote) && text.hasSuffix(quote) {
            return String(text.dropFirst().dropLast())
        }
        return text
    }
}
