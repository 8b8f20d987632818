import Foundation
import LMSTestSupport
import SystemPackage
import Testing

@testable import LMSDatabase

/// A file that gets its name when it is whole.
@Suite struct UnnamedFileTests {
    /// Runs `body` in an open folder.
    private func inFolder(_ body: (TemporaryFolder, OpenFolder) throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            try body(folder, try OpenFolder(folder.path))
        }
    }

    @Test(arguments: [false, true])
    func `before, it is not to be seen where the file system can do that`(isNamed: Bool) async throws {
        try await inFolder { folder, opened in
            let file = try UnnamedFile(in: opened, for: "a", mode: 0o600, isNamed: isNamed)
            try file.write(Array("text".utf8))
            #expect(try folder.names.count == (isNamed ? 1 : 0))
            try file.link(as: "a", in: opened)
            #expect(try folder.bytes(of: "a") == Array("text".utf8))
            #expect(try folder.mode(of: "a") == 0o600)
        }
    }

    @Test(arguments: [false, true])
    func `given up, it leaves nothing`(isNamed: Bool) async throws {
        try await inFolder { folder, opened in
            do { try UnnamedFile(in: opened, for: "a", mode: 0o600, isNamed: isNamed).write([1]) }
            #expect(try folder.names == [])
        }
    }

    @Test(arguments: [false, true])
    func `a name that something has is left to it`(isNamed: Bool) async throws {
        try await inFolder { folder, opened in
            try folder.write([1], to: "a")
            let file = try UnnamedFile(in: opened, for: "a", mode: 0o600, isNamed: isNamed)
            try file.write([2])
            let error = #expect(throws: Errno.self) { try file.link(as: "a", in: opened) }
            #expect(error == .fileExists)
            #expect(try folder.bytes(of: "a") == [1])
        }
    }

    @Test(arguments: [false, true])
    func `it can take the place of another`(isNamed: Bool) async throws {
        try await inFolder { folder, opened in
            try folder.write([1], to: "a")
            do {
                let file = try UnnamedFile(in: opened, for: "a", mode: 0o600, isNamed: isNamed)
                try file.write([2])
                try file.replace("a")
            }
            #expect(try folder.names == ["a"])
            #expect(try folder.bytes(of: "a") == [2])
        }
    }

    @Test func `what a dead process left is swept, what a living one makes is not, nor what others called alike`() async throws {
        try await inFolder { folder, opened in
            let kept = [
                "a.new-", "a.new-1x", "a.new-123456789012345678901", "b.new-1", "xa.new-1", "a.new-1.db", "a",
            ]
            for name in kept + ["a.new-1", "a.new-18446744073709551615"] { try folder.write([1], to: name) }
            try FileManager.default.createSymbolicLink(
                atPath: folder.path("a.new-7"), withDestinationPath: folder.path("b.new-1"))
            mkdir(folder.path("a.new-8"), 0o700)
            let living = try UnnamedFile(in: opened, for: "a", mode: 0o600, isNamed: true)
            let names = Set(try folder.names)
            #expect(names.count == kept.count + 3, "\(names)")
            #expect(names.isSuperset(of: kept + ["a.new-7", "a.new-8"]))
            UnnamedFile.sweep(opened, "a")
            #expect(Set(try folder.names) == names)
            try living.write([1])
        }
    }

    @Test(arguments: [false, true])
    func `a database is made there too, with a log for its writers`(isNamed: Bool) async throws {
        try await withTemporaryFolder { folder in
            do {
                let new = try NewDatabase(at: folder.path("new.db"), isNamed: isNamed)
                try new.database.withConnection {
                    try $0.setApplicationID(Schema.trial.applicationID)
                }
                try new.database.bringUpToDate(.trial, isNew: true)
                try await new.database.run("INSERT INTO parent (name) VALUES ('a')")
                #expect(try folder.names.count == (isNamed ? 1 : 0))
                #expect(try new.finish())
            }
            #expect(try folder.names == ["new.db"])
            let opened = try SQLiteDatabase.open(path: folder.path("new.db"), schema: .trial)
            #expect(try await opened.names() == ["a"])
            #expect(try opened.damage() == [])
            #expect(try folder.names.contains("new.db-wal"))
        }
    }
}
