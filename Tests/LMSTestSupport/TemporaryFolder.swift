internal import Foundation

/// A folder of a test's own.
package struct TemporaryFolder: Sendable {
    package let path: String

    package func file(_ name: String) -> String { "\(path)/\(name)" }

    package var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
    }

    package func bytes(of name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: file(name))))
    }

    package func write(_ bytes: [UInt8], to name: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: file(name)))
    }

    /// The permission bits of a file, `0o600` for instance.
    package func mode(of name: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: file(name))
        guard let mode = attributes[.posixPermissions] as? Int else { throw Missing(what: "a mode") }
        return mode
    }
}

/// Makes a folder, and removes it with all that is in it when `body` is done.
package func withTemporaryFolder<T>(
    _ body: (TemporaryFolder) async throws -> T
) async throws -> T {
    let path = (NSTemporaryDirectory() as NSString).appendingPathComponent("lms-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try await body(TemporaryFolder(path: path))
}
