import Foundation
import Testing

extension Robustness {
    @Suite struct HostileInput {}
}

extension Robustness.HostileInput {
    @Test(arguments: [
        "course create \"$(printf 'a\\xffb')\"", "course show \"$(printf '\\xc0\\xaf')\"",
        "register \"$(printf 'a\\xed\\xa0\\x80')\" --role student --password-stdin",
        "course create T --description \"$(printf '\\xf5')\"", "course list --\"$(printf '\\xff')\"",
        "\"$(printf '\\x80')\"", "material add 1 T --description-file \"$(printf '\\xff')\"",
    ])
    func `arguments that are no text are refused`(_ words: String) throws {
        let (scene, token) = try ProgramScene.withTeacher()
        let launch = scene.launch([], database: nil, token: token, environment: ["LMS_DB": scene.database])
        let outcome = try scene.shell("\"$@\" \(words)", launch)
        expectRefused(outcome, 65, "is not valid UTF-8")
        #expect(try scene.sql("SELECT count(*) FROM course") == "0")
    }

    @Test(
        arguments: [
            ([0x61, 0xff, 0x62], "1:2"), ([0x61, 0x0a, 0x62, 0x63, 0xc3, 0x28], "2:3"),
            ([0x0a, 0x0a, 0xe2, 0x82], "3:1"), (Array("é\r\n".utf8) + [0xed, 0xa0, 0x80], "2:1"),
        ] as [([UInt8], String)])
    func `a description that is no text is refused with its offset`(_ bytes: [UInt8], _ place: String) throws {
        let (scene, token) = try ProgramScene.withTeacher()
        let file = scene.path("text.md")
        try scene.write(bytes, to: file)
        expectRefused(
            try scene.lms("course", "create", "T", "--description-file", file, token: token), 65,
            "\(file):\(place): ")
        var launch = scene.launch(
            ["course", "create", "T", "--description-file", "-"], database: scene.database, token: token)
        launch.input = .bytes(bytes)
        expectRefused(try scene.run(launch), 65, "standard input:\(place): ")
        launch = scene.launch(["login", "ani", "--password-stdin"], database: scene.database)
        launch.input = .bytes(bytes)
        let login = try scene.run(launch)
        expectRefused(login, 65, "standard input:\(place): ")
        #expect(try scene.sql("SELECT count(*) FROM course") == "0")
    }

    @Test func `NUL is refused`() throws {
        let (scene, token) = try ProgramScene.withTeacher()
        let file = scene.path("text.md")
        try scene.write(Array("one\ntwo\u{0}three\n".utf8), to: file)
        expectRefused(
            try scene.lms("course", "create", "T", "--description-file", file, token: token), 65, "NUL")
        let launch = scene.launch(
            ["register", "budi", "--role", "student", "--password-stdin"], database: scene.database,
            input: "password\u{0}with NUL")
        expectRefused(try scene.run(launch), 65, "NUL")
        // The password up to its NUL is not the password.
        let guess = try scene.lms("login", "ani", "--password-stdin", input: ProgramScene.password + "\u{0}x")
        #expect(guess.status == 77 || guess.status == 65, "\(guess)")
        #expect(try scene.sql("SELECT count(*) FROM users") == "1")
    }

    @Test func `endless input is cut off`() throws {
        let (scene, token) = try ProgramScene.withTeacher()
        var launch = scene.launch(
            ["course", "create", "T", "--description-file", "/dev/zero"], database: scene.database,
            token: token)
        launch.timeout = 15
        expectRefused(try scene.run(launch), 65)
        launch = scene.launch(["login", "ani", "--password-stdin"], database: scene.database)
        launch.input = .path("/dev/zero")
        launch.timeout = 15
        expectRefused(try scene.run(launch), 65)
        launch = scene.launch(
            ["course", "create", "T", "--description-file", scene.folder], database: scene.database,
            token: token)
        expectRefused(try scene.run(launch), 74, scene.folder)
    }

    @Test func `limits are exact`() throws {
        let (scene, token) = try ProgramScene.withTeacher()
        func register(_ name: String) throws -> Outcome {
            try scene.lms(
                "register", name, "--role", "student", "--password-stdin", input: ProgramScene.password)
        }
        #expect(try register(String(repeating: "a", count: 25)).status == 0)
        expectRefused(try register(String(repeating: "b", count: 26)), 65)
        for name in ["", " ", ".a", "a b", "é", "a\u{301}", "a/b", "a'", "%", "-a"] {
            let outcome = try scene.lms(
                "register", "--role", "student", "--password-stdin", "--", name, input: ProgramScene.password)
            expectRefused(outcome, 65)
        }
        expectRefused(try register("ANI"), 73)

        for unit in ["t", "é", "e\u{301}", "漢", "🎓"] {
            let title = String(repeating: unit, count: 255)
            #expect(try scene.lms("course", "create", title, token: token).status == 0, "\(unit)")
            let outcome = try scene.lms("course", "create", title + unit, token: token)
            expectRefused(outcome, 65, "at most 255")
            #expect(try scene.lms("course", "edit", "1", "--title", title + unit, token: token).status == 65)
        }
        for title in [
            "", "   ", "\u{1b}", "a\u{0b}b", "a\u{202e}b", "\u{2028}", "a\nb", "a\u{feff}b", "\u{3000}",
        ] {
            expectRefused(try scene.lms("course", "create", "--", title, token: token), 65)
        }
        let family = "👨‍👩‍👧‍👦"
        #expect(try scene.lms("course", "create", family, "--json", token: token).output.contains(family))

        let mebibyte = scene.path("mebibyte")
        try scene.write([UInt8](repeating: 0x61, count: 1 << 20), to: mebibyte)
        #expect(
            try scene.lms("material", "add", "1", "Big", "--description-file", mebibyte, token: token).status
                == 0)
        try scene.write([UInt8](repeating: 0x61, count: 1 << 20 | 1), to: mebibyte)
        expectRefused(
            try scene.lms("material", "add", "1", "Bigger", "--description-file", mebibyte, token: token), 65)
    }

    @Test func `metacharacters are data`() throws {
        let (scene, token) = try ProgramScene.withTeacher()
        let titles = [
            "'; DROP TABLE course; --", "\" OR 1=1 --", "100% _sure_", "a\\'b", "$1 ?1 :x @y",
            "-- not a comment",
            "--title", "-n", "%s%n%p",
        ]
        for title in titles {
            let outcome = try scene.lms("course", "create", "--json", "--", title, token: token)
            #expect(outcome.status == 0, "\(outcome)")
            let object = try JSONSerialization.jsonObject(with: Data(outcome.outputBytes)) as? [String: Any]
            #expect(object?["title"] as? String == title)
        }
        #expect(try scene.sql("SELECT title FROM course ORDER BY id").components(separatedBy: "\n") == titles)
        for word in ["%", "_", "' OR '1'='1", "1 OR 1=1", "1;", "1--", "c%"] {
            expectRefused(try scene.lms("course", "show", "--", word, token: token), 66)
            expectRefused(try scene.lms("material", "show", "--", word, token: token), 66)
        }
        // A value may begin with a dash.
        #expect(try scene.lms("course", "edit", "1", "--title", "-x", token: token).status == 0)
        #expect(try scene.sql("SELECT title FROM course WHERE id = 1") == "-x")
    }

    @Test func `numbers never overflow`() throws {
        let (scene, token) = try ProgramScene.withTeacher()
        try scene.lms("course", "create", "T", token: token)
        try scene.lms("material", "add", "1", "M", "--description", "x", token: token)
        let numbers = [
            "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809",
            "18446744073709551616", "99999999999999999999", String(repeating: "9", count: 400), "0", "-1",
            "+1",
            "01", " 1", "1 ", "1.0", "1e0", "#1", "١", "１", "",
        ]
        for number in numbers {
            for noun in ["course", "material"] {
                expectRefused(try scene.lms(noun, "show", "--", number, token: token), 66)
            }
            expectRefused(try scene.lms("token", "revoke", "--", number, token: token), 66)
            if !["+1", "01"].contains(number) {
                let outcome = try scene.lms("material", "edit", "1", "--position", number, token: token)
                #expect(outcome.status == 64 || outcome.status == 65, "\(number): \(outcome)")
                expectPlain(outcome)
            }
            for unit in ["d", "h", "m", ""] where !["+1", "01"].contains(number) {
                let outcome = try scene.lms(
                    "token", "create", "--label", "x", "--lifetime=\(number)\(unit)", token: token)
                #expect(outcome.status == 64 || outcome.status == 65, "\(number)\(unit): \(outcome)")
                expectPlain(outcome)
            }
        }
        for date in ["9999-12-31", "0001-01-01"] {
            #expect(try scene.lms("course", "edit", "1", "--release-date", date, token: token).status == 0)
        }
        for date in [
            "0000-01-01", "10000-01-01", "2026-02-29", "2026-13-01", "2026-00-10", "-001-01-01", "2026-1-1",
            "",
        ] {
            expectRefused(try scene.lms("course", "edit", "1", "--release-date", date, token: token), 65)
        }
        // Planted numbers at the ends of their range are damage, not a trap.
        for value in ["9223372036854775807", "-9223372036854775808"] {
            try scene.sql(
                """
                PRAGMA ignore_check_constraints = ON;
                UPDATE material SET position = \(value); UPDATE login_session SET created_at = \(value);
                """)
            for words in [
                ["material", "list", "1"], ["token", "list"],
                ["material", "add", "1", "N", "--description", "x"],
            ] {
                expectPlain(try scene.run(scene.launch(words, database: scene.database, token: token)))
            }
            try scene.sql("UPDATE material SET position = 2147483647")
            expectPlain(try scene.lms("material", "edit", "1", "--position", "5", token: token))
            expectPlain(try scene.lms("material", "add", "1", "N", "--description", "x", token: token))
            try scene.sql("DELETE FROM throttle; UPDATE login_session SET created_at = 0;")
            _ = try scene.lms("login", "ani", "--password-stdin", input: "wrong password")
            for failures in [1, 100] {
                try scene.sql(
                    """
                    UPDATE throttle SET blocked_until = \(value), since = 9223372036854775807,
                        failures = \(failures);
                    """)
                expectPlain(try scene.lms("login", "ani", "--password-stdin", input: ProgramScene.password))
            }
        }
    }
}
