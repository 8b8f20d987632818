import Foundation
import Testing

/// What lists look like to somebody at a terminal: pagers, widths, and what is said where there is nothing.
extension Robustness.Terminal {
    private func show(
        _ scene: ProgramScene, _ token: String, _ arguments: [String], environment: [String: String] = [:]
    ) throws -> (screen: String, status: Int32) {
        let terminal = try Pseudoterminal(
            scene.launch(
                arguments, database: scene.database, token: token,
                environment: ["NO_COLOR": "1"].merging(environment) { $1 }))
        let status = try terminal.end()
        let screen = terminal.screen.components(separatedBy: "[ended ")[0]
        return (screen.replacing("\r\n", with: "\n"), status)
    }

    /// A course with more materials than a screen has lines.
    private func longCourse() throws -> (scene: ProgramScene, token: String) {
        let (scene, token) = try ProgramScene.withTeacher()
        try scene.lms("course", "create", "Biology", "--code", "bio", token: token)
        let rows = (1...60).map { "bio,Lesson \($0),text" }.joined(separator: "\n")
        let folder = scene.path("school")
        mkdir(folder, 0o700)
        try scene.write(Array("course,title,description\n\(rows)\n".utf8), to: folder + "/materials.csv")
        #expect(try scene.lms("db", "import", folder).status == 0)
        return (scene, token)
    }

    @Test(arguments: [
        ["PAGER": "no-such-pager"], ["LMS_PAGER": "no-such-pager", "PAGER": "cat"], ["PAGER": ""],
        ["LMS_PAGER": "", "PAGER": "head -n 1"], ["PAGER": "cat"], ["PAGER": "false"],
        ["PAGER": "head -n 1", "TERM": "dumb"], ["PATH": "/nowhere"], ["PATH": "/nowhere", "PAGER": "less"],
    ])
    func `a list is shown whatever becomes of the pager`(_ environment: [String: String]) throws {
        let (scene, token) = try longCourse()
        let (screen, status) = try show(
            scene, token, ["material", "list", "bio"], environment: environment)
        #expect(status == 0)
        #expect(screen.split(separator: "\n").count { $0.contains("Lesson ") } == 60, "\(screen)")
    }

    @Test func `a pager that is there shows the list`() throws {
        let (scene, token) = try longCourse()
        let (screen, status) = try show(
            scene, token, ["material", "list", "bio"], environment: ["PAGER": "head -n 3"])
        #expect(status == 0)
        #expect(screen.split(separator: "\n").count { $0.contains("Lesson ") } == 2, "\(screen)")
    }

    @Test func `sixty columns hold a row in one line`() throws {
        let (scene, token) = try ProgramScene.withTeacher()
        let code = "introduction-to-molecular-bio"
        try scene.lms(
            "course", "create", "Introduction to molecular biology", "--code", code, token: token)
        let (screen, _) = try show(scene, token, ["course", "list"], environment: ["COLUMNS": "60"])
        let lines = screen.split(separator: "\n")
        #expect(lines.count == 3 && lines.prefix(2).allSatisfy { $0.count <= 60 }, "\(screen)")
        #expect(screen.contains("1   \(code)  ") && screen.contains("No room for "), "\(screen)")
        // Nothing waits, and the teacher has no status: both are left out before anything is cut, and told of nobody.
        #expect(!screen.contains("PENDING") && !screen.contains("STATUS"), "\(screen)")

        let (day, _) = try show(scene, token, ["course", "list"], environment: ["COLUMNS": "80"])
        #expect(day.wholeDates == 1 && day.beginningsOfDates == 1, "\(day)")
    }

    @Test func `a student sees what became of the request on sixty columns`() throws {
        let (scene, token) = try ProgramScene.withTeacher()
        let code = "introduction-to-molecular-bio"
        try scene.lms(
            "course", "create", "Introduction to molecular biology", "--code", code, "--enrollment",
            "approval", token: token)
        try scene.register("siti", role: "student")
        let siti = try scene.token(of: "siti")
        try scene.lms("course", "join", code, token: siti)
        let (screen, _) = try show(scene, siti, ["course", "list"], environment: ["COLUMNS": "60"])
        #expect(screen.contains("STATUS") && screen.contains("pending"), "\(screen)")
        #expect(screen.contains("1   \(code)  ") && !screen.contains("PENDING"), "\(screen)")
    }

    @Test func `the operator's log is cut at no date and no act`() throws {
        let (scene, token) = try ProgramScene.withTeacher()
        let code = "introduction-to-molecular-bio"
        try scene.lms("course", "create", "Introduction", "--code", code, token: token)
        for columns in [60, 80, 120] {
            let (screen, _) = try show(
                scene, token, ["db", "log"], environment: ["COLUMNS": "\(columns)"])
            #expect(screen.wholeDates == screen.beginningsOfDates && screen.wholeDates > 0, "\(screen)")
            #expect(screen.contains("course.create"), "\(screen)")
            for line in screen.split(separator: "\n") { #expect(line.count <= columns, "\(line)") }
        }
    }

    @Test func `a snippet is cut around what was found`() throws {
        let (scene, token) = try ProgramScene.withTeacher()
        try scene.lms("course", "create", "Biology", "--code", "bio", token: token)
        let text = String(repeating: "filling words ", count: 9) + "the ribosome builds proteins"
        try scene.lms("material", "add", "bio", "Cells", "--description", text, token: token)
        for columns in ["60", "80", "120"] {
            let (screen, _) = try show(
                scene, token, ["search", "ribosome"], environment: ["COLUMNS": columns])
            #expect(screen.contains("ribosome"), "\(columns): \(screen)")
        }
    }

    @Test(arguments: [
        (["course", "list"], "You have no course in ", "lms course create TITLE"),
        (["course", "list", "--search", "sel"], "No course of yours ", "lms course list --all --search sel"),
        (["search", "sel"], "nothing has 'sel'", "try fewer"),
        (["log"], "Nothing is noted yet", "lms course create TITLE"),
    ])
    func `an empty list says what to do next`(_ arguments: [String], _ looked: String, _ next: String) throws {
        let (scene, token) = try ProgramScene.withTeacher()
        let (screen, status) = try show(scene, token, arguments)
        #expect(status == 0 && screen.contains(looked) && screen.contains(next), "\(screen)")
        let piped = try scene.run(scene.launch(arguments, database: scene.database, token: token))
        #expect(piped.status == 0 && piped.output.isEmpty && piped.errors.isEmpty, "\(piped)")
    }

    @Test func `an empty course says what to do next`() throws {
        let (scene, token) = try ProgramScene.withTeacher()
        try scene.lms("course", "create", "Biology", "--code", "bio", token: token)
        for (arguments, words) in [
            (["material", "list", "bio"], "lms material add bio TITLE --description-file FILE"),
            (["roster", "list", "bio"], "lms roster add bio USERNAME"),
            (["roster", "list", "bio", "--status", "pending"], "Nobody asks to join the course 'bio'."),
            (["roster", "approve", "bio", "--all"], "Nobody asks to join the course 'bio'."),
        ] {
            let (screen, status) = try show(scene, token, arguments)
            #expect(status == 0 && screen.contains(words), "\(screen)")
        }
    }
}

extension String {
    fileprivate var wholeDates: Int { matches(of: #/\d{4}-\d{2}-\d{2}/#).count }
    fileprivate var beginningsOfDates: Int { matches(of: #/20\d\d/#).count }
}
