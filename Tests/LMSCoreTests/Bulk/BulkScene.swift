import LMSDatabase
import LMSTestSupport
import LMSText
import Synchronization

@testable import LMSCore

/// A database that bulk files go in and out of.
struct BulkScene {
    let world: World

    init(_ world: World? = nil) throws { self.world = try world ?? World() }

    /// Imports the texts of files by the names of their tables.
    ///
    /// - Returns: What became of the rows of each: `users 1 created 2 unchanged`.
    @discardableResult
    func bring(
        _ files: [String: String], _ onConflict: ConflictPolicy = .fail, resetsPasswords: Bool = false,
        dryRunning: Bool = false, ignoringOthers: Bool = false
    ) async throws -> [String] {
        let service = dryRunning ? world.anyoneDryRunning : world.anyone
        let useCase = try ImportFiles(
            from: MemoryFolder(files), onConflict: onConflict, resetsPasswords: resetsPasswords,
            ignoresOtherFiles: ignoringOthers)
        return try await service.operate(useCase).map { totals in
            let counts = [
                (totals.created, "created"), (totals.updated, "updated"), (totals.unchanged, "unchanged"),
                (totals.skipped, "skipped"),
            ]
            return ([totals.table.rawValue] + counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" })
                .joined(separator: " ")
        }
    }

    /// What is wrong with files, each with its place. Nothing is imported.
    func problems(
        _ files: [String: String], _ onConflict: ConflictPolicy = .fail, code: LMSError.Code = .invalid
    ) async throws -> [String] {
        let error = try await world.expectRefusal(code) { try await bring(files, onConflict) }
        return error?.problems?.map(\.text) ?? []
    }

    /// All files of an export, by their names.
    func export(withSecrets: Bool = false, as dialect: CSVDialect = .plain) async throws -> [String: [UInt8]] {
        let output = MemoryOutput()
        _ = try await world.anyone.operate(ExportTables(to: output, withSecrets: withSecrets, as: dialect))
        return output.files
    }

    func text(_ sql: SQL) async throws -> String? { try await world.text(sql) }

    static let people = "username,role\nani,teacher\nsiti,student\nbudi,student\n"
    static let courses = "code,title,teacher\nBIO-101,Biology,ani\n"
}

/// Files in memory.
struct MemoryFolder: BulkFolder {
    private let files: [String: [UInt8]]

    init(files: [String: [UInt8]]) { self.files = files }

    /// - Parameter texts: By the names of the tables.
    init(_ texts: [String: String]) {
        files = Dictionary(uniqueKeysWithValues: texts.map { ("\($0.key).csv", Array($0.value.utf8)) })
    }

    func names() -> [String] { Array(files.keys) }

    func open(_ name: String) -> (any BulkFile)? {
        files[name].map { MemoryFile(name: name, bytes: $0) }
    }
}

struct MemoryFile: BulkFile {
    var name = "file.csv"
    let bytes: [UInt8]

    var size: Int { bytes.count }
    var hasChanged: Bool { false }

    func read(into buffer: UnsafeMutableRawBufferPointer, from offset: Int) -> Int {
        let piece = bytes.dropFirst(offset).prefix(buffer.count)
        buffer.copyBytes(from: piece)
        return piece.count
    }
}

final class MemoryOutput: BulkOutput {
    private let state = Mutex<(name: String, files: [String: [UInt8]])>(("", [:]))

    var files: [String: [UInt8]] { state.withLock { $0.files } }

    func begin(_ name: String) {
        state.withLock {
            $0.name = name
            $0.files[name] = []
        }
    }

    func write(_ bytes: [UInt8]) {
        state.withLock { $0.files[$0.name, default: []] += bytes }
    }
}
