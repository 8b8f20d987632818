internal import Glibc
internal import LMSCore
internal import SystemPackage

/// The folder of a course file, which the files that it names may not leave.
struct AttachmentFolder {
    private let path: String

    /// - Parameter file: The course file; for standard input, the folder is the current one.
    init(besides file: String) {
        let parts = file.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard file != "-", parts.count > 1 else {
            path = "."
            return
        }
        path = String(file.utf8.dropLast((parts.last?.count ?? 0) + 1)) ?? "."
    }

    /// - Parameter relative: A path without `..`, from the folder.
    /// - Throws: `LMSError`, also where a symbolic link leads out of the folder.
    func read(_ relative: String) throws -> String {
        let folder = path.isEmpty ? "/" : path
        guard let root = Self.resolved(folder) else {
            throw LMSError(.notFound, "there is no folder \(folder)")
        }
        guard let file = Self.resolved("\(folder)/\(relative)") else {
            let advice = relative.contains("\\") ? ": write / between folders, and not \\" : ""
            throw LMSError(.notFound, "there is no file '\(relative)' in this folder\(advice)")
        }
        guard file.utf8.starts(with: (root == "/" ? root : root + "/").utf8) else {
            throw LMSError(.invalid, "'\(relative)' is a link that leads out of this folder")
        }
        // Reading from a named pipe could wait for ever.
        guard (try? Stat(file).type) == .regular else {
            throw LMSError(.invalid, "'\(relative)' is not a file")
        }
        return try TextInput.read(file: file, name: relative)
    }

    private static func resolved(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(validatingCString: resolved)
    }
}
