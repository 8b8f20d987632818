import Foundation
import Testing

extension Robustness {
    @Suite struct HostileText {}
}

/// Rows that the program would have refused, as another program could write them.
extension Robustness.HostileText {
    private static let hostile: [(name: String, hex: String)] = [
        ("escape sequence", "411b5b33316d42"), ("C1 escape", "41c29b33316d42"),
        ("bidi override", "41e280ae42"),
        ("bidi isolate", "41e281a642"), ("newlines", "410a420d0a43"), ("NUL", "41004200"),
        ("invalid UTF-8", "41ff42c0afed a08043"), ("title and bell", "411b5d303b6f776e656407"),
        ("backspace and delete", "4108087f42"), ("separators", "41e280a8e280a9efbbbf42"), ("tab", "410942"),
        ("long emoji", "41" + String(repeating: "f09f91a8e2808df09f91a9e2808d", count: 20) + "f09f91a7"),
        ("formula", "3d636d64092b"),
    ].map { ($0.0, $0.1.replacingOccurrences(of: " ", with: "")) }

    private static let formats = ["table", "tsv", "csv", "json", "ids"]

    /// A school in which every text that can be planted is hostile. The caller is the teacher.
    private func planted(_ hex: String) throws -> (ProgramScene, String) {
        let (scene, token) = try ProgramScene.withTeacher()
        let text = "CAST(X'\(hex)' AS TEXT)"
        let name = "CAST(X'\(hex.count > 48 ? String(hex.prefix(16)) : hex)' AS TEXT)"
        try scene.sql(
            """
            INSERT INTO users (username, role, created_at) VALUES (\(name), 'student', 1790000000);
            INSERT INTO users (username, role, created_at) VALUES ('x' || \(name), 'teacher', 1790000000);
            INSERT INTO course (title, teacher_id, description, release_date, code, enrollment)
                VALUES (\(text), 1, \(text), '2026-01-01', \(name), 'open');
            INSERT INTO course (title, teacher_id, description, release_date, code, enrollment)
                VALUES (\(text), 3, \(text), '2026-01-01', 'y' || \(name), 'open');
            INSERT INTO enrollment (student_id, course_id, date_entry, status)
                VALUES (2, 1, 1790000000, 'pending');
            INSERT INTO material (course_id, description, title, position)
                VALUES (1, \(text), \(text), 1), (2, \(text), \(text), 1);
            UPDATE login_session SET label = \(text);
            """)
        return (scene, token)
    }

    private static let commands = [
        ["course", "list", "--all"], ["course", "list"], ["course", "show", "1"], ["course", "show", "2"],
        ["material", "list", "1"], ["material", "show", "1"], ["roster", "list", "1"], ["token", "list"],
        ["user", "list"],
    ]

    @Test(arguments: hostile.indices)
    func `nothing raw reaches the reader`(_ index: Int) throws {
        let (name, hex) = Self.hostile[index]
        let (scene, token) = try planted(hex)
        for (number, command) in Self.commands.enumerated() {
            // Every format for the longest records; the others take turns.
            let formats = number < 3 ? Self.formats : [Self.formats[(number + index) % 5], "table"]
            for format in formats {
                let outcome = try scene.run(
                    scene.launch(command + ["--format", format], database: scene.database, token: token))
                #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(name) \(command): \(outcome)")
                expectVisible(
                    outcome.outputBytes, tabs: format == "tsv" || format == "table",
                    "\(name) \(command) \(format)")
                if format == "json" {
                    #expect(throws: Never.self) {
                        try JSONSerialization.jsonObject(with: Data(outcome.outputBytes))
                    }
                }
                if ["tsv", "csv"].contains(format), command[1] == "list" {
                    // No planted newline makes a line of its own.
                    #expect(outcome.lines.count <= 4, "\(name) \(command) \(format): \(outcome)")
                }
            }
        }
    }

    @Test(arguments: hostile.indices)
    func `messages are visible too`(_ index: Int) throws {
        let (name, hex) = Self.hostile[index]
        let (scene, token) = try planted(hex)
        for command in [
            ["material", "show", "2"], ["course", "edit", "2", "--title", "T"],
            ["course", "delete", "2", "--yes"],
            ["roster", "list", "2"], ["course", "join", "1"],
            ["material", "add", "2", "T", "--description", "x"],
            ["course", "delete", "1", "--yes"],
        ] {
            for flags in [[], ["--json"]] {
                let outcome = try scene.run(
                    scene.launch(
                        command + flags + (command == ["course", "delete", "1", "--yes"] ? ["-n"] : []),
                        database: scene.database, token: token))
                expectPlain(outcome)
                expectVisible(outcome.errorBytes, tabs: false, "\(name) \(command)")
                expectVisible(outcome.outputBytes, tabs: true, "\(name) \(command)")
                #expect(
                    !outcome.errors.isEmpty && outcome.errors.split(separator: "\n").count <= 2, "\(outcome)")
            }
        }
    }

    /// What a message repeats of the command line may be hostile too.
    @Test func `arguments are shown visibly`() throws {
        let (scene, token) = try ProgramScene.withTeacher()
        let text = "a\u{1b}[31m\u{9b}\u{202e}\r\nb"
        for command in [
            ["course", "show", text], ["material", "show", text], ["course", "create", text],
            ["login", text],
            ["course", "create", "T", "--code", text], ["course", "create", "T", "--release-date", text],
            ["course", text], [text], ["course", "list", "--format", text], ["course", "list", "--\(text)"],
            ["course", "create", "T", "--description-file", text], ["target", "use", text],
            ["register", text, "--role", "student", "--password-stdin"], ["roster", "add", "1", text],
            ["token", "create", "--label", text], ["db", "backup", "/nowhere/\(text)"],
        ] {
            let outcome = try scene.run(
                scene.launch(command, database: nil, token: token, environment: ["LMS_DB": scene.database]))
            expectPlain(outcome)
            #expect(outcome.status != 0)
            expectVisible(outcome.errorBytes, tabs: false, "\(command)")
            #expect(outcome.errors.split(separator: "\n").count <= 2, "\(outcome)")
        }
        let launch = scene.launch(["whoami"], database: scene.path(text), token: token)
        let outcome = try scene.run(launch)
        expectRefused(outcome, 64)
        expectVisible(outcome.errorBytes, tabs: false, "--db")
    }

    @Test func `a terminal gets nothing raw`() throws {
        for (name, hex) in Self.hostile {
            let (scene, token) = try planted(hex)
            for words in [
                ["course", "list", "--all"], ["course", "show", "1"], ["material", "show", "1"],
                ["material", "show", "1", "--raw"],
            ] {
                let terminal = try Pseudoterminal(
                    scene.launch(
                        words + (words.contains("--raw") ? [] : []), database: scene.database, token: token,
                        environment: ["NO_COLOR": "1", "LMS_PAGER": "cat"]))
                #expect(try terminal.end() == 0)
                expectVisible(shown(terminal), tabs: true, "\(name) \(words)")
            }
            let terminal = try Pseudoterminal(
                scene.launch(
                    ["course", "delete", "1"], database: scene.database, token: token,
                    environment: ["NO_COLOR": "1"]))
            try terminal.expect("[y/N]")
            terminal.type("n\n")
            #expect(try terminal.end() == 0)
            expectVisible(shown(terminal), tabs: false, "\(name) prompt")
            #expect(try scene.sql("SELECT count(*) FROM course") == "2")
        }
    }

    /// What the program wrote: a terminal makes `\r\n` of each newline.
    private func shown(_ terminal: Pseudoterminal) -> [UInt8] {
        let text = terminal.screenBytes.split(separator: Array("[ended ".utf8)).first ?? []
        return Array(text.split(separator: Array("\r\n".utf8)).joined(separator: [UInt8(ascii: "\n")]))
    }

    /// Checks that bytes are UTF-8 and hold no control but newlines, and tabs where they part cells.
    private func expectVisible(
        _ bytes: [UInt8], tabs: Bool, _ what: String, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            Issue.record("\(what): not UTF-8", sourceLocation: sourceLocation)
            return
        }
        let raw = text.unicodeScalars.filter { scalar in
            switch scalar.value {
            case 0x0a: false
            case 0x09: !tabs
            case 0...0x1f, 0x7f...0x9f, 0x61c, 0x200e, 0x200f, 0x202a...0x202e, 0x2066...0x2069, 0x2028,
                0x2029,
                0xfeff:
                true
            default: false
            }
        }
        let found = raw.map { String($0.value, radix: 16) }
        #expect(found == [], "\(what): \(text.debugDescription)", sourceLocation: sourceLocation)
    }
}
