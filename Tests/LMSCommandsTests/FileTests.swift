import Foundation
import LMSCore
import LMSTestSupport
import Testing

@testable import LMSCommands

/// The dotfile's keeper, the target's path, and texts from files.
@Suite struct FileTests {
    @Test func `a private file is its owner's alone`() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let file = PrivateFile(path: folder.path("secret"), name: "session file", isOurs: true)
        #expect(try file.read() == nil)
        try file.replace(with: Array("one".utf8))
        try file.replace(with: Array("two".utf8))
        #expect(try file.read() == Array("two".utf8))
        let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["secret"])
    }

    @Test func `what others can read or replace is no private file`() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try folder.write(Array("x".utf8), to: "open", mode: 0o640)
        try folder.write(Array("x".utf8), to: "kept")
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("link"), withDestinationPath: folder.path("kept"))
        try FileManager.default.createDirectory(
            atPath: folder.path("folder"), withIntermediateDirectories: false)
        for name in ["open", "link"] {
            let error = #expect(throws: LMSError.self, "\(name)") {
                try PrivateFile(path: folder.path(name), name: "session file", isOurs: true).read()
            }
            #expect(error?.code == .io)
            #expect(error?.hint?.contains(folder.path(name)) == true)
        }
        let refusal = #expect(throws: LMSError.self) {
            try PrivateFile(path: folder.path("folder"), name: "session file", isOurs: true).read()
        }
        #expect(refusal?.hint == "Name another one with LMS_SESSION_FILE.")
        #expect(link(folder.path("kept"), folder.path("second")) == 0)
        #expect(throws: LMSError.self) {
            try PrivateFile(path: folder.path("kept"), name: "file", isOurs: false).read()
        }
    }

    @Test func `a target is known by its real path`() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let real = try SQLiteLocation.realPath(folder.path)
        try FileManager.default.createDirectory(atPath: "\(real)/sub", withIntermediateDirectories: false)
        try FileManager.default.createSymbolicLink(
            atPath: "\(real)/link", withDestinationPath: "\(real)/sub")
        try folder.write([], to: "sub/there.db")
        #expect(try SQLiteLocation.realPath("\(real)/link/there.db") == "\(real)/sub/there.db")
        #expect(try SQLiteLocation.realPath("\(real)/link/new.db") == "\(real)/sub/new.db")
        #expect(try SQLiteLocation.realPath("\(real)/sub/../sub/./new.db") == "\(real)/sub/new.db")
        // The same before its folders are made as when they are there: it is the key of a session.
        #expect(try SQLiteLocation.realPath("\(real)/link/a/b/new.db") == "\(real)/sub/a/b/new.db")
        // A system refuses a path through a folder that is not there, and so do we.
        #expect(try SQLiteLocation.realPath("\(real)/none/../new.db") == "\(real)/none/../new.db")
        let here = try SQLiteLocation.realPath(FileManager.default.currentDirectoryPath)
        #expect(try SQLiteLocation.realPath("relative.db") == "\(here)/relative.db")
        #expect(throws: LMSError.self) { try SQLiteLocation.realPath("") }
    }

    @Test func `first the flag counts, then the environment, the remembered, the default`() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        func path(
            db: String? = nil, server: String? = nil, _ environment: [String: String], current: String?
        ) throws -> String {
            try ResolvedTarget.resolve(
                db: db, server: server,
                environment: Environment(environment.merging(["HOME": folder.path]) { $1 }),
                remembered: { SessionFile.Contents(current: current) }
            ).target.key
        }
        let all = ["LMS_DB": "/env.db", "XDG_DATA_HOME": "/data"]
        #expect(try path(db: "/flag.db", all, current: "/now.db") == "/flag.db")
        #expect(try path(db: nil, all, current: "/now.db") == "/env.db")
        #expect(try path(db: nil, ["XDG_DATA_HOME": "/data"], current: "/now.db") == "/now.db")
        #expect(try path(db: nil, ["XDG_DATA_HOME": "/data"], current: nil) == "/data/lms/lms.db")
        let usual = "\(folder.path)/.local/share/lms/lms.db"
        #expect(try path(db: nil, ["XDG_DATA_HOME": "data"], current: nil) == usual)
        #expect(try path(db: nil, ["LMS_DB": ""], current: nil) == usual)

        let server = ["LMS_SERVER": "HTTPS://LMS.school.id:443/"]
        #expect(try path(server: "http://[::1]:8080", server, current: nil) == "http://[::1]:8080")
        #expect(try path(server, current: "/now.db") == "https://lms.school.id")
        #expect(try path([:], current: "http://localhost:8080") == "http://localhost:8080")
        #expect(try path(db: "/flag.db", server, current: nil) == "/flag.db")
        let both = #expect(throws: LMSError.self) {
            try path(server.merging(all) { $1 }, current: nil)
        }
        #expect(both?.code == .usage)
        #expect(both?.message.contains("LMS_DB and LMS_SERVER") == true)
    }

    @Test(
        arguments: [
            ([0xff], "1:1"), (Array("ab".utf8) + [0xc3], "1:3"),
            (Array("one\r\ntwo \u{e9}\r\nthr".utf8) + [0x80, 0x0a], "3:4"),
            (Array("\r\n\r\n".utf8) + [0xed, 0xa0, 0x80], "3:1"),
        ] as [([UInt8], String)])
    func `a text that is not UTF-8 is refused with the offset`(_ bytes: [UInt8], _ position: String) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try folder.write(bytes, to: "text.md")
        let path = folder.path("text.md")
        let console = Console(.live, wantsColor: false)
        let error = #expect(throws: LMSError.self) { try TextInput.read(path: path, console) }
        #expect(error?.code == .malformed)
        #expect(error?.message == "\(path):\(position): this is not UTF-8 text")
    }

    @Test func `a text is read byte for byte, but for its byte order mark`() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        for text in ["one\r\ntwo e\u{301}\n\n", "one\rtwo", "", "\u{feff}one\n"] {
            for mark in ["", "\u{feff}"] where !text.hasPrefix("\u{feff}") || !mark.isEmpty {
                try folder.write(Array((mark + text).utf8), to: "text.md")
                let read = try TextInput.read(path: folder.path("text.md"), Console(.live, wantsColor: false))
                #expect(Array(read.utf8) == Array(text.utf8))
            }
        }
    }

    @Test func `a path that leads nowhere says why`() throws {
        let console = Console(.live, wantsColor: false)
        let error = #expect(throws: LMSError.self) { try TextInput.read(path: "~/week1.md", console) }
        #expect(error?.code == .notFound && error?.message.contains("begins with ~") == true)
        let folder = #expect(throws: LMSError.self) { try TextInput.read(path: "/tmp", console) }
        #expect(folder?.message == "/tmp is a folder, not a file")
    }
}
