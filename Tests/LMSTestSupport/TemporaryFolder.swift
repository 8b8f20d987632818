internal import Foundation

/// A folder of a test's own, which others cannot look into.
package struct TemporaryFolder: Sendable {
    package let path: String

    /// Makes it. Who does must call `remove()`.
    package init() throws {
        path = "/tmp/lms-test-\(UUID().uuidString.prefix(13))"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    }

    /// Removes it with all that is in it.
    package func remove() {
        try? FileManager.default.removeItem(atPath: path)
    }

    package func path(_ name: String) -> String { "\(path)/\(name)" }

    package var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
    }

    package func bytes(of name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: path(name))))
    }

    package func text(of name: String) throws -> String {
        String(decoding: try bytes(of: name), as: UTF8.self)
    }

    package func write(_ bytes: [UInt8], to name: String, mode: Int = 0o600) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path(name))
    }

    /// Makes a file and opens it for reading and writing.
    package func open(_ name: String, holding bytes: [UInt8] = []) throws -> Int32 {
        try write(bytes, to: name)
        let descriptor = Foundation.open(path(name), O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { throw Missing(what: "a descriptor of \(name)") }
        return descriptor
    }

    /// The permission bits of a file, `0o600` for instance.
    package func mode(of name: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path(name))
        guard let mode = attributes[.posixPermissions] as? Int else { throw Missing(what: "a mode") }
        return mode
    }
}

/// Makes a folder, and removes it when `body` is done.
package func withTemporaryFolder<T>(
    _ body: (TemporaryFolder) async throws -> T
) async throws -> T {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    return try await body(folder)
}
