import Foundation
import LMSCore
import LMSTestSupport
import Testing

@testable import LMSCommands

/// The files that a command writes into a folder.
@Suite struct NewFilesTests {
    private func write(_ names: [String], _ files: NewFiles) throws {
        try files.requireNone(of: names)
        for name in names {
            try files.begin(name)
            try files.write(Array(name.utf8))
        }
        try files.end()
    }

    private func names(_ folder: TemporaryFolder) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
    }

    @Test func `files are there at the end`() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let files = try NewFiles(in: folder.path("out"), for: .owner)
        try files.begin("texts/a.md")
        try files.write([65])
        #expect(try names(folder) == [])
        try files.begin("course.yaml")
        try files.end()
        #expect(try names(folder) == ["out", "out/course.yaml", "out/texts", "out/texts/a.md"])
        files.remove()
        #expect(try names(folder) == [])
    }

    @Test func `more files are made than can be held open`() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let wanted = (0..<1500).map { "texts/\($0).md" }
        try write(wanted, try NewFiles(in: folder.path("out"), for: .everybody))
        #expect(try names(folder).count == wanted.count + 2)
    }

    @Test func `a link in the folder is not followed`() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        for name in ["out", "elsewhere"] { mkdir(folder.path(name), 0o700) }
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("out/texts"), withDestinationPath: folder.path("elsewhere"))
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("out/course.yaml"), withDestinationPath: folder.path("elsewhere/planted"))
        let before = try names(folder)
        let through = try NewFiles(in: folder.path("out"), for: .everybody)
        let error = #expect(throws: LMSError.self) { try write(["texts/a.md"], through) }
        #expect(error?.message == "\(folder.path("out/texts")) is a symbolic link, which lms does not follow")
        let over = try NewFiles(in: folder.path("out"), for: .everybody)
        #expect(throws: LMSError.self) { try write(["course.yaml"], over) }
        #expect(try names(folder) == before)
    }

    @Test func `a link that is planted meanwhile is not followed either`() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        for name in ["out", "elsewhere"] { mkdir(folder.path(name), 0o700) }
        let files = try NewFiles(in: folder.path("out"), for: .everybody)
        try files.begin("texts/a.md")
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("out/texts"), withDestinationPath: folder.path("elsewhere"))
        #expect(throws: LMSError.self) { try files.end() }
        files.remove()
        #expect(try names(folder) == ["elsewhere", "out", "out/texts"])
    }

    @Test func `the folder itself may be a link`() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        mkdir(folder.path("real"), 0o700)
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("out"), withDestinationPath: folder.path("real"))
        try write(["a.md"], try NewFiles(in: folder.path("out"), for: .everybody))
        #expect(try names(folder) == ["out", "real", "real/a.md"])
    }

    @Test(arguments: ["../a", "a/../../b", "/a", "", "a//b", "./a", "..", "a/", "a\0b"])
    func `a server's name leads nowhere else`(_ name: String) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let files = try NewFiles(in: folder.path("out"), for: .everybody)
        let error = #expect(throws: LMSError.self) { try write([name], files) }
        #expect(error?.code == .invalid)
        #expect(try names(folder) == [])
    }

    @Test func `what is there is not written over`() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        mkdir(folder.path("out"), 0o700)
        let files = try NewFiles(in: folder.path("out"), for: .everybody)
        try files.begin("b.md")
        try files.begin("a.md")
        try folder.write([1], to: "out/a.md")
        let error = #expect(throws: LMSError.self) { try files.end() }
        #expect(error?.code == .conflict)
        files.remove()
        #expect(try names(folder) == ["out", "out/a.md"])
    }
}
