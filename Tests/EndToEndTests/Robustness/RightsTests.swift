import Foundation
import Testing

extension Robustness {
    @Suite struct Rights {}
}

/// The table of who may do what, as the program answers it: on a file, and through a server.
extension Robustness.Rights {
    /// What a command answers to: nobody, a student outside, one inside, the owner, another teacher; then, where nothing is said as
    /// the owner and as the student outside: a teacher of the course, and a student whose request is pending.
    private struct Row {
        let words: String
        let statuses: [Int32]

        init(
            _ words: String, _ nobody: Int32, _ outside: Int32, _ inside: Int32, _ owner: Int32, _ other: Int32,
            teacher: Int32? = nil, asking: Int32? = nil
        ) {
            self.words = words
            statuses = [nobody, outside, inside, owner, other, teacher ?? owner, asking ?? outside]
        }
    }

    private static let actors = ["nobody", "budi", "siti", "ani", "dewi", "rina", "tono"]

    /// What changes something is a dry run: the rights are the same, and the state stays.
    private static let rows = [
        Row("whoami", 78, 0, 0, 0, 0), Row("token list", 78, 0, 0, 0, 0),
        Row("token create --label CI -n", 78, 0, 0, 0, 0), Row("passwd --password-stdin -n", 78, 0, 0, 0, 0),
        Row("course list", 78, 0, 0, 0, 0), Row("course list --all", 78, 0, 0, 0, 0),
        Row("course show BIO-101", 78, 0, 0, 0, 0),
        Row("search week", 78, 0, 0, 0, 0), Row("search week --course LATER", 78, 0, 0, 0, 0),
        Row("course list --all --search bio", 78, 0, 0, 0, 0),
        Row("search x --course NONE", 78, 66, 66, 66, 66),
        Row("course create New -n", 78, 77, 77, 0, 0),
        Row("course edit BIO-101 --title New -n", 78, 77, 77, 0, 77),
        Row("course delete BIO-101 -n", 78, 77, 77, 0, 77, teacher: 77),
        Row("course transfer BIO-101 rina -n", 78, 77, 77, 0, 77, teacher: 77),
        Row("teacher list BIO-101", 78, 0, 0, 0, 0), Row("teacher add BIO-101 dewi -n", 78, 77, 77, 0, 77, teacher: 77),
        Row("teacher remove BIO-101 rina -n", 78, 77, 77, 0, 77),
        Row("teacher remove BIO-101 rina dewi -n", 78, 77, 77, 0, 77, teacher: 77),
        Row("log BIO-101", 78, 77, 77, 0, 77), Row("export BIO-101", 78, 77, 77, 0, 77),
        Row("course join BIO-101 -n", 78, 0, 0, 77, 77),
        Row("course leave BIO-101 -n", 78, 66, 0, 77, 77, asking: 0),
        Row("material list BIO-101", 78, 77, 0, 0, 77), Row("material show 1", 78, 77, 0, 0, 77),
        Row("material list LATER", 78, 77, 77, 0, 77), Row("material show 2", 78, 77, 77, 0, 77),
        Row("material add BIO-101 New --description x -n", 78, 77, 77, 0, 77),
        Row("material edit 1 --title New -n", 78, 77, 77, 0, 77),
        Row("material delete 1 -n", 78, 77, 77, 0, 77),
        Row("roster list BIO-101", 78, 77, 77, 0, 77), Row("roster add BIO-101 budi -n", 78, 77, 77, 0, 77),
        Row("roster approve BIO-101 --all -n", 78, 77, 77, 0, 77),
        Row("roster remove BIO-101 siti -n", 78, 77, 77, 0, 77),
        Row("course show NONE", 78, 66, 66, 66, 66), Row("course edit NONE --title T -n", 78, 66, 66, 66, 66),
        Row("material show 99", 78, 66, 66, 66, 66), Row("material delete 99 -n", 78, 66, 66, 66, 66),
    ]

    /// A school, and a token for each of `actors`.
    private func school() throws -> (ProgramScene, [String?]) {
        let (scene, owner) = try ProgramScene.withTeacher()
        for name in ["dewi", "rina"] { try scene.register(name, role: "teacher") }
        for name in ["budi", "siti", "tono"] { try scene.register(name, role: "student") }
        let tokens = [
            nil, try scene.token(of: "budi"), try scene.token(of: "siti"), owner, try scene.token(of: "dewi"),
            try scene.token(of: "rina"), try scene.token(of: "tono"),
        ]
        for words in [
            ["course", "create", "Biology", "--code", "BIO-101"],
            ["course", "create", "Later", "--code", "LATER", "--release-date", "2999-01-11"],
            ["material", "add", "BIO-101", "Week 1", "--description", "Cells."],
            ["material", "add", "LATER", "Week 2", "--description", "Genes."],
            ["roster", "add", "BIO-101", "siti"], ["roster", "add", "LATER", "siti"],
            ["teacher", "add", "BIO-101", "rina"], ["teacher", "add", "LATER", "rina"],
            ["course", "edit", "BIO-101", "--enrollment", "approval"], ["course", "join", "BIO-101"],
            ["course", "edit", "BIO-101", "--enrollment", "open"],
        ] {
            let token = words[1] == "join" ? tokens[6] : owner
            let outcome = try scene.run(scene.launch(words, database: scene.database, token: token))
            try #require(outcome.status == 0, "\(outcome)")
        }
        return (scene, tokens)
    }

    private static let dump = """
        SELECT * FROM users; SELECT * FROM course; SELECT * FROM material; SELECT * FROM enrollment; SELECT * FROM co_teacher;
        SELECT * FROM audit; SELECT id, label, expires_at FROM login_session;
        """

    @Test(arguments: ["file", "server"])
    func `everybody may do what the table says`(_ way: String) throws {
        let (scene, tokens) = try school()
        let server = way == "server" ? try ServerProcess(scene) : nil
        let before = try scene.sql(Self.dump)
        let wrong = Wrongs()
        let cases = Self.rows.flatMap { row in Self.actors.indices.map { (row, $0) } }
        DispatchQueue.concurrentPerform(iterations: 4) { worker in
            for index in stride(from: worker, to: cases.count, by: 4) {
                let (row, actor) = cases[index]
                var words = row.words.split(separator: " ").map(String.init)
                if let server { words += ["--server", server.origin] }
                let launch = scene.launch(
                    words, database: server == nil ? scene.database : nil, token: tokens[actor],
                    input: "\(ProgramScene.password)\nanother good password\n")
                let outcome = try? scene.run(launch)
                if outcome?.status != row.statuses[actor] {
                    wrong.add("\(Self.actors[actor]): lms \(row.words) \(outcome as Any)")
                }
            }
        }
        #expect(wrong.all == [])
        #expect(try scene.sql(Self.dump) == before, "a refusal or a dry run left something behind")
        server?.stop()
    }

    /// A student who was in a course is outside again after leaving.
    @Test func `who leaves is outside`() throws {
        let (scene, tokens) = try school()
        let server = try ServerProcess(scene)
        #expect(try scene.remote(server.origin, "course", "leave", "BIO-101", token: tokens[2]).status == 0)
        expectRefused(try scene.remote(server.origin, "material", "show", "1", token: tokens[2]), 77)
        expectRefused(try scene.lms("material", "list", "BIO-101", token: tokens[2]), 77)
        expectRefused(try scene.remote(server.origin, "course", "leave", "BIO-101", token: tokens[2]), 66)
        server.stop()
    }
}

/// What was not as the table says. Guarded by a lock.
private final class Wrongs: @unchecked Sendable {
    private let lock = NSLock()
    private var found: [String] = []

    var all: [String] { lock.withLock { found } }
    func add(_ text: String) { lock.withLock { found.append(text) } }
}
