import Foundation
import Testing

extension Robustness {
    @Suite struct Secrets {}
}

extension Robustness.Secrets {
    @Test func `secrets are in no output and no file`() throws {
        let scene = try ProgramScene()
        let (password, second) = ("zebra-crossing-at-noon", "umbrella-stand-at-six")
        var said: [UInt8] = []
        func lms(_ words: String..., input: String = "", token: String? = nil) throws -> Outcome {
            let outcome = try scene.run(
                scene.launch(words, database: scene.database, token: token, input: input))
            said += outcome.outputBytes + outcome.errorBytes
            return outcome
        }
        #expect(
            try lms("register", "ani", "--role", "teacher", "--password-stdin", "--login", input: password)
                .status == 0)
        let dotfile = String(decoding: try scene.bytes(of: scene.home + "/.lms_session"), as: UTF8.self)
        let stored = try #require(dotfile.firstMatch(of: /lms_[A-Za-z0-9_-]{43}/)?.output).description
        let printed = try scene.token(of: "ani", password)
        let made = try scene.lms("token", "create", "--label", "CI", "-q", token: stored).word
        let tokens = [stored, printed, made]
        #expect(Set(tokens).count == 3 && tokens.allSatisfy { $0.hasPrefix("lms_") && $0.utf8.count == 47 })

        for token in tokens + ["lms_wrong", stored.lowercased(), password] {
            for words in [
                ["whoami"], ["token", "list", "--json"], ["course", "show", "99"], ["course", "create", "T"],
            ] {
                let outcome = try scene.run(scene.launch(words, database: scene.database, token: token))
                said += outcome.outputBytes + outcome.errorBytes
            }
        }
        for flags in [[], ["--json"]] {
            for (words, input) in [
                (["login", "ani", "--password-stdin"], password + second),
                (["passwd", "--password-stdin"], "\(second)\n\(password)\n"),
                (["passwd", "--password-stdin"], password),
                (["passwd", "--password-stdin"], "\(password)\nani\n"),
                (["register", "ani", "--role", "student", "--password-stdin"], password),
                (["login", password, "--password-stdin"], password),
                (["user", "list"], ""), (["user", "set-password", "nobody", "--password-stdin"], password),
            ] where words[1] != password {
                let outcome = try scene.run(
                    scene.launch(words + flags, database: scene.database, token: stored, input: input))
                said += outcome.outputBytes + outcome.errorBytes
            }
        }
        // So many wrong ones would have to wait.
        try scene.sql("DELETE FROM throttle;")
        #expect(
            try lms("passwd", "--password-stdin", input: "\(password)\n\(second)\n", token: stored).status
                == 0)
        #expect(try lms("db", "backup", scene.path("backup.db")).status == 0)
        #expect(try lms("db", "check").status == 0)
        _ = try lms("db", "stats")

        let secrets = tokens + [password, second]
        let files = [scene.database, scene.database + "-wal", scene.path("backup.db")]
        for secret in secrets {
            #expect(!contains(said, Array(secret.utf8)), "a secret was printed")
            for file in files { #expect(!contains(try scene.bytes(of: file), Array(secret.utf8)), "\(file)") }
        }
        // Nor its bytes, nor its text without the prefix.
        for token in tokens {
            let body = String(token.dropFirst(4))
            let base64 =
                body.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/") + "="
            let bytes = Array(try #require(Data(base64Encoded: base64)))
            #expect(bytes.count == 32)
            for file in files {
                let content = try scene.bytes(of: file)
                #expect(!contains(content, bytes) && !contains(content, Array(body.utf8)), "\(file)")
            }
        }
        // The stored hash is no token.
        let hashes = try scene.sql("SELECT lower(hex(token_hash)) FROM login_session").split(separator: "\n")
        #expect(!hashes.isEmpty)
        for hash in hashes {
            expectRefused(try scene.lms("whoami", token: String(hash)), 78)
            expectRefused(try scene.lms("whoami", token: "lms_\(hash.prefix(43))"), 78)
        }
    }

    @Test func `passwords are hashed as promised`() throws {
        let (scene, _) = try ProgramScene.withTeacher()
        try scene.register("budi", role: "student")
        let hashes = try scene.sql("SELECT password FROM users").split(separator: "\n")
        #expect(hashes.count == 2 && Set(hashes).count == 2)
        for hash in hashes { #expect(hash.hasPrefix("$argon2id$v=19$m=65536,t=3,p=1$"), "\(hash)") }
    }

    private func contains(_ bytes: [UInt8], _ part: [UInt8]) -> Bool {
        Data(bytes).range(of: Data(part)) != nil
    }
}
