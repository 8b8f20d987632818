import Foundation
import Testing

extension Robustness {
    @Suite struct SessionEnd {}
}

extension Robustness.SessionEnd {
    @Test func `a revoked token ends at once`() throws {
        let (scene, token) = try ProgramScene.withTeacher()
        let made = try scene.lms("token", "create", "--label", "CI", "--json", token: token)
        let fields = try #require(
            JSONSerialization.jsonObject(with: Data(made.outputBytes)) as? [String: Any])
        let secret = try #require(fields["token"] as? String ?? fields["secret"] as? String, "\(fields.keys)")
        #expect(try scene.lms("whoami", token: secret).status == 0)
        let id = try scene.sql("SELECT id FROM login_session WHERE label = 'CI'")
        #expect(try scene.lms("token", "revoke", id, token: token).status == 0)
        expectRefused(try scene.lms("whoami", token: secret), 78, "expired or was revoked")
        expectRefused(try scene.lms("course", "create", "X", token: secret), 78, "expired or was revoked")
        #expect(try scene.lms("whoami", token: token).status == 0)
        #expect(try scene.sql("SELECT count(*) FROM course") == "0")
    }

    @Test(arguments: ["logout", "logout --all", "disable", "passwd", "set-password", "expired", "idle"])
    func `what ends a session ends it at once`(_ way: String) throws {
        let (scene, token) = try ProgramScene.withTeacher()
        let other = try scene.token(of: "ani")
        let ended: [String]
        switch way {
        case "logout":
            #expect(try scene.lms("logout", token: token).status == 0)
            ended = [token]
        case "logout --all":
            #expect(try scene.lms("logout", "--all", token: token).status == 0)
            ended = [token, other]
        case "disable":
            #expect(try scene.lms("user", "disable", "ani").status == 0)
            ended = [token, other]
        case "passwd":
            let input = "\(ProgramScene.password)\nanother good password\n"
            #expect(try scene.lms("passwd", "--password-stdin", token: token, input: input).status == 0)
            ended = [other]
        case "set-password":
            let input = "another good password"
            #expect(
                try scene.lms("user", "set-password", "ani", "--password-stdin", input: input).status == 0)
            ended = [token, other]
        case "expired":
            try scene.sql("UPDATE login_session SET expires_at = unixepoch();")
            ended = [token, other]
        default:
            try scene.sql("UPDATE login_session SET last_used_at = unixepoch() - 7 * 86400;")
            ended = [token, other]
        }
        for token in [token, other] {
            for words in [["whoami"], ["course", "list"], ["course", "create", "X"], ["token", "list"]] {
                let outcome = try scene.run(scene.launch(words, database: scene.database, token: token))
                if ended.contains(token) {
                    expectRefused(outcome, 78, "expired or was revoked")
                } else {
                    #expect(outcome.status == 0, "\(words): \(outcome)")
                }
            }
        }
    }

    @Test func `enabling does not bring sessions back`() throws {
        let (scene, token) = try ProgramScene.withTeacher()
        try scene.lms("user", "disable", "ani")
        expectRefused(
            try scene.lms("login", "ani", "--password-stdin", input: ProgramScene.password), 77, "disabled")
        #expect(try scene.lms("user", "enable", "ani").status == 0)
        expectRefused(try scene.lms("whoami", token: token), 78)
        #expect(try scene.lms("whoami", token: scene.token(of: "ani")).status == 0)
    }

    @Test func `a token from the environment goes only where the user points`() throws {
        let (scene, token) = try ProgramScene.withTeacher()
        try scene.lms("login", "ani", "--password-stdin", input: ProgramScene.password)
        // The dotfile's target was not named by who set the variable.
        expectRefused(try scene.bare("whoami", token: token), 78, "--db")
        #expect(try scene.lms("whoami", token: token).status == 0)
        #expect(try scene.bare("whoami", token: token, environment: ["LMS_DB": scene.database]).status == 0)
        // It is never written anywhere.
        let dotfile = try scene.bytes(of: scene.home + "/.lms_session")
        #expect(!String(decoding: dotfile, as: UTF8.self).contains(token))
        // Blanks around it are nothing.
        #expect(try scene.lms("whoami", environment: ["LMS_TOKEN": " \(token)\r"]).status == 0)
        for text in ["", "lms_", "nonsense", token + "x", token.uppercased()] {
            let outcome = try scene.lms("whoami", environment: ["LMS_TOKEN": text])
            // One that is empty is not there: the dotfile's session is.
            if text.isEmpty { #expect(outcome.status == 0) } else { expectRefused(outcome, 78) }
        }
    }

    /// The copy knows the session too, so only the program keeps the token from it.
    @Test func `a stored token goes only to its own database`() throws {
        let (scene, _) = try ProgramScene.withTeacher()
        try scene.lms("login", "ani", "--password-stdin", input: ProgramScene.password)
        try scene.fold()
        let copy = scene.path("copy.db")
        try scene.write(scene.bytes(of: scene.database), to: copy)
        expectRefused(try scene.run(scene.launch(["whoami"], database: copy)), 78, "not signed in")
        expectRefused(try scene.bare("whoami", environment: ["LMS_DB": copy]), 78, "not signed in")
        let link = scene.path("link.db")
        symlink(copy, link)
        expectRefused(try scene.run(scene.launch(["whoami"], database: link)), 78, "not signed in")
        // Another name of the same file is the same target.
        let same = scene.path("same.db")
        symlink(scene.database, same)
        #expect(try scene.run(scene.launch(["whoami"], database: same)).status == 0)
        #expect(try scene.bare("target", "use", copy).status == 0)
        expectRefused(try scene.bare("whoami"), 78, "not signed in")
    }
}
