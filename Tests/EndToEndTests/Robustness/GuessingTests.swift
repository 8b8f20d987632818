import Foundation
import Testing

extension Robustness {
    @Suite struct Guessing {}
}

extension Robustness.Guessing {
    private func guess(_ scene: ProgramScene, _ name: String, _ password: String = "wrong password") throws
        -> Outcome
    {
        try scene.lms(
            "login", name, "--password-stdin", "--print-token", input: password)
    }

    @Test func `five guesses are free, then one waits`() throws {
        let (scene, token) = try ProgramScene.withTeacher()
        for _ in 0..<5 { expectRefused(try guess(scene, "ANI"), 77, "wrong username or password") }
        let refused = try guess(scene, "ani", ProgramScene.password)
        expectRefused(refused, 75, "wait ")
        let seconds = try #require(waitedSeconds(refused), "\(refused)")
        #expect((1...2).contains(seconds))
        // Nobody else waits, and who is signed in notices nothing.
        #expect(try scene.lms("whoami", token: token).status == 0)
        expectRefused(try guess(scene, "budi"), 77)

        usleep(UInt32(seconds) * 1_000_000)
        expectRefused(try guess(scene, "ani"), 77)
        let longer = try guess(scene, "ani")
        expectRefused(longer, 75)
        #expect((1...2).contains(try #require(waitedSeconds(longer))))
        usleep(2_000_000)
        #expect(try guess(scene, "ani", ProgramScene.password).status == 0)
        // The right one starts the count anew.
        for _ in 0..<5 { expectRefused(try guess(scene, "ani"), 77) }
    }

    private func waitedSeconds(_ outcome: Outcome) -> Int? {
        outcome.errors.components(separatedBy: "wait ").last.flatMap { Int($0.prefix { $0.isNumber }) }
    }

    @Test func `parallel guesses do not pass together`() throws {
        let (scene, _) = try ProgramScene.withTeacher()
        try scene.sql("DELETE FROM throttle;")
        let start = ContinuousClock.now
        let guesses = try (0..<20).map { _ in
            try scene.start(
                scene.launch(
                    ["login", "ani", "--password-stdin", "--print-token"], database: scene.database,
                    input: "wrong password"))
        }
        let outcomes = guesses.map { $0.wait() }
        let duration = seconds(since: start)
        let checked = outcomes.count { $0.status == 77 }
        for outcome in outcomes { expectRefused(outcome, outcome.status == 77 ? 77 : 75) }
        // One more for each wait that passed meanwhile: 1 s, 2 s, 4 s.
        let passed = [1.0, 3.0, 7.0, 15.0].count { $0 <= duration }
        #expect((5...(5 + passed)).contains(checked), "\(checked) in \(duration) s")
        // The count is exact: the account's, and the address's.
        #expect(
            try scene.sql("SELECT group_concat(failures) FROM throttle") == "\(checked),\(checked)")
    }

    @Test func `an unknown name takes as long as a wrong password`() throws {
        let scene = try ProgramScene()
        for number in 0..<4 { try scene.register("user\(number)", role: "student") }
        var ratios: [Double] = []
        // Noise can spoil a round; a leak spoils them all.
        for _ in 0..<6 {
            try scene.sql("DELETE FROM throttle;")
            var known: [Double] = []
            var unknown: [Double] = []
            for number in 0..<12 {
                let wrong = try guess(scene, "user\(number % 4)")
                let nobody = try guess(scene, "none\(number % 4)")
                #expect(wrong.status == 77 && nobody.status == 77)
                #expect(
                    wrong.errors.replacing("user\(number % 4)", with: "none\(number % 4)") == nobody.errors)
                known.append(wrong.duration)
                unknown.append(nobody.duration)
            }
            // The fastest: a busy machine only adds.
            let ratio = try #require(unknown.min()) / #require(known.min())
            ratios.append(ratio)
            if (0.9...1.1).contains(ratio) { break }
        }
        #expect((0.9...1.1).contains(ratios.last ?? 0), "\(ratios)")
    }

    @Test func `whoever may not sign in learns no more`() throws {
        let (scene, _) = try ProgramScene.withTeacher()
        try scene.sql("INSERT INTO users (username, role, created_at) VALUES ('locked', 'student', 0);")
        // But for the name, which was given.
        let answers = try ["ani", "locked", "nobody"].map {
            try guess(scene, $0).errors.replacing($0, with: "?")
        }
        #expect(Set(answers).count == 1, "\(answers)")
        try scene.lms("user", "disable", "ani")
        // That an account is disabled is said only to who knows its password.
        #expect(try guess(scene, "ani").errors.replacing("ani", with: "?") == answers[0])
        expectRefused(try guess(scene, "ani", ProgramScene.password), 77, "disabled")
    }
}
