internal import Foundation
internal import LMSCore

/// The files of an export, in a folder that is made where it is not there. No file is written over, and where something
/// goes wrong none is left behind.
///
/// `@unchecked`: one export writes to it, one call behind the other.
final class ExportFiles: BulkOutput, @unchecked Sendable {
    private let folder: String
    private var madeFolder = false
    private var made: [String] = []
    private var descriptor: Int32 = -1

    /// - Throws: `LMSError` `notFound` where the folder that it would be in is missing, `conflict` where one of the files
    ///   is there.
    init(path: String) throws {
        folder = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        for table in BulkTable.allCases {
            let file = "\(folder)/\(table.fileName)"
            guard access(file, F_OK) != 0 else {
                throw LMSError(
                    .conflict, "there is a file \(file) already", hint: "Choose another folder.")
            }
        }
        if mkdir(folder, 0o700) == 0 {
            madeFolder = true
        } else if errno == ENOENT {
            throw LMSError(
                .notFound, "there is no folder \((folder as NSString).deletingLastPathComponent)")
        } else if errno != EEXIST {
            throw Self.failure(folder)
        }
    }

    func begin(_ name: String) throws {
        try end()
        let file = "\(folder)/\(name)"
        // A school's names and texts are for its operator alone.
        descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure(file) }
        made.append(file)
    }

    func write(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Self.failure(made.last ?? folder) }
            rest = rest.dropFirst(count)
        }
    }

    /// Ends the last file.
    func end() throws {
        guard descriptor >= 0 else { return }
        defer { descriptor = -1 }
        guard close(descriptor) == 0 else { throw Self.failure(made.last ?? folder) }
    }

    /// Takes away what was made.
    func remove() {
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
        for file in made { unlink(file) }
        if madeFolder { rmdir(folder) }
    }

    private static func failure(_ path: String) -> LMSError {
        LMSError(.io, "cannot write \(path): \(String(cString: strerror(errno)))")
    }
}
