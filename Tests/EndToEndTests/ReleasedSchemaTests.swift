import Foundation
import LMSTestSupport
import Testing

/// Databases as earlier versions of lms left them, one for each schema: a teacher `ani` with two courses, a student
/// `siti` in one of them and waiting for the other. Today's program opens each, and loses nothing.
@Suite struct ReleasedSchemaTests {
    static let schemas = (try? SourceTree.files(under: "Tests/EndToEndTests/Schemas", suffix: ".sql")) ?? []

    @Test func `there are such databases`() {
        for version in 1...5 {
            #expect(Self.schemas.contains { $0.hasSuffix("/\(version).sql") }, "\(Self.schemas)")
        }
    }

    @Test(arguments: schemas)
    func `an earlier schema is brought up to date, and all that was in it is there`(path: String) throws {
        let scene = try ProgramScene()
        try scene.sql(try SourceTree.text(of: path))
        chmod(scene.database, 0o600)
        let audit = try scene.sql("SELECT count(*) FROM audit")
        let login = try scene.lms(
            "login", "siti", "--password-stdin", "--print-token", input: "read every day")
        #expect(login.status == 0, "\(login)")
        let siti = login.word
        let teacher = try scene.lms(
            "login", "ani", "--password-stdin", "--print-token", input: "read every day")
        let ani = teacher.word

        let courses = try scene.lms("course", "list", token: siti).output
        #expect(
            courses.hasPrefix("1\tBIO-101\tBiologi Dasar\tani\t") && courses.contains("\tpending\t"),
            "\(courses)")
        #expect(
            try scene.lms("material", "show", "1", "--raw", token: siti).output == "Membran sel itu tipis.")
        #expect(try scene.lms("roster", "list", "BIO-101", "-q", token: ani).output == "siti\n")
        // What came later works on what was there before.
        #expect(try scene.lms("search", "membran", "-q", token: siti).output == "material:1\n")
        let log = try scene.lms("log", token: ani)
        #expect(log.output.contains("\tmaterial.add\tBIO-101\tMinggu 2\n"), "\(log)")
        #expect(try scene.sql("SELECT count(*) FROM audit") == audit)
        #expect(try scene.lms("course", "create", "Fisika", "-q", token: ani).word == "3", "ids go on")
        #expect(try scene.lms("db", "check").status == 0)
        #expect(try scene.sql("PRAGMA integrity_check; PRAGMA foreign_key_check;") == "ok")
    }
}
