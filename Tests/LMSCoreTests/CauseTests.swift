import LMSDatabase
import LMSTestSupport
import Testing

@testable import LMSCore

@Suite("What happened inside")
struct CauseTests {
    @Test func `a database's failure keeps the error of the system that is beneath it`() async throws {
        try await withTemporaryFolder { folder in
            let error = #expect(throws: DatabaseError.self) {
                _ = try SQLiteDatabase.open(path: "\(folder.path)/file/school.db", schema: .lms)
            }
            try folder.write([1], to: "file")
            let behindFile = #expect(throws: DatabaseError.self) {
                _ = try SQLiteDatabase.open(path: "\(folder.path)/file/school.db", schema: .lms)
            }
            #expect(error?.kind == .fileNotFound)
            let told = LMSError(try #require(behindFile))
            #expect(told.code == .io)
            #expect(told.causes.last == "Not a directory (ENOTDIR)")
            #expect(told.causes.first?.hasPrefix("open \(folder.path)/file/school.db") == true)
        }
    }

    @Test func `other words keep what happened inside, and it is never sent`() throws {
        let error = LMSError(.io, "a", hint: "b", retryAfter: 3, causes: ["c", "d"])
        let reworded = error.reworded("x", hint: nil)
        #expect(reworded == LMSError(.io, "x", retryAfter: 3, causes: ["c", "d"]))
        #expect(error.reworded(hint: "y").message == "a")
        #expect(error.caused(by: ["e"]).causes == ["e"])
    }

    @Test(
        arguments: [
            ("Bearer lms_\(String(repeating: "aB3_-", count: 8))xyz!", "Bearer lms_***!"),
            ("row (1, ani, $argon2id$v=19$m=65536,t=3,p=1$c2FsdA$aGFzaA, x)", "row (1, ani, $argon2***"),
            ("postgres://ani:secret@db/lms failed", "postgres://ani:***@db/lms failed"),
            ("postgres://ani:se/c@ret@db/lms", "postgres://ani:***@db/lms"),
            ("host=db password=secret user=ani", "host=db password=*** user=ani"),
            ("host=db Password = 'my secret' user=ani", "host=db Password = *** user=ani"),
            (#"host=db password='my\'s secret' user=ani"#, "host=db password=*** user=ani"),
            (#"{"password":"my secret","role":"x"}"#, #"{"password":***,"role":"x"}"#),
            ("?sslpassword=secret&sslmode=require", "?sslpassword=***&sslmode=require"),
            ("open /srv/lms_data/school.db", "open /srv/lms_data/school.db"),
            ("GET https://lms.school.id:8080/course", "GET https://lms.school.id:8080/course"),
        ])
    func `what gives access is not in it`(text: String, shown: String) throws {
        let cause = try #require(LMSError(.internal, "x", causes: [text]).causes.first)
        #expect(cause.hasPrefix(shown))
        #expect(!cause.contains("secret") && !cause.contains("aGFzaA"))
    }
}
