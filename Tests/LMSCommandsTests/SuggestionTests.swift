import Testing

@testable import LMSCommands

/// What is suggested where a word is no command, no option, no value: the line that was meant, or nothing.
@Suite struct SuggestionTests {
    private func messages(_ line: String) async throws -> String {
        let words = line.split(separator: " ").map { String($0).replacing("_", with: " ") }
        let run = try await ProgramRun(arguments: words, environment: ["HOME": "/nowhere"])
        #expect(run.status == 64 && run.output == "", "\(line): \(run)")
        return run.messages
    }

    private func hint(_ line: String) async throws -> String {
        String(try await messages(line).split(separator: "\n").last ?? "")
    }

    @Test(arguments: [
        // Elsewhere in the tree.
        ("join", "lms course join"), ("leave", "lms course leave"), ("approve", "lms roster approve"),
        ("course roster", "lms roster"), ("db apply", "lms apply"),
        ("edit", "lms course edit, lms material edit or lms user edit"), ("create", "lms course create or lms token create"),
        ("create course", "lms course create"), ("list materials", "lms material list"),
        // What people call it, in a group and outside.
        ("course rename", "lms course edit"), ("material rename", "lms material edit"),
        ("enrol", "lms course join"), ("enroll", "lms course join"), ("course enrol", "lms course join"),
        ("roster enroll", "lms roster add"), ("rename", "lms course edit"), ("read", "lms material show"),
        ("upload", "lms material add"), ("signup", "lms register"), ("sign-in", "lms login"),
        ("logoff", "lms logout"), ("ls", "lms course list"), ("students", "lms roster list"),
        ("new", "lms course create"), ("token new", "lms token create"), ("db create", "lms db init"),
        ("user create", "lms register"), ("user add", "lms register"), ("version", "lms --version"),
        ("daftar", "lms register"), ("masuk", "lms login"), ("keluar", "lms logout"),
        ("gabung", "lms course join"), ("cari", "lms search"),
        // People, teachers and keys.
        ("key", "lms course key"), ("kunci", "lms course key"), ("course rotate", "lms course key"),
        ("course teachers", "lms teacher list"), ("guru", "lms teacher list"), ("anggota", "lms roster list"),
        ("roster search", "lms roster list"), ("user find", "lms user list"), ("nama", "lms profile"),
        ("token show", "lms token list"), ("apikey", "lms token list"),
        // A locked account wants a password.
        ("user unlock", "lms user set-password"),
        // A group by another name.
        ("enrollment list", "lms roster list"), ("enrolments list", "lms roster list"),
        ("students add", "lms roster add"), ("users list", "lms user list"),
        ("courses create", "lms course create"), ("teacher ad", "lms teacher add"), ("roster li", "lms roster list"),
        ("database check", "lms db check"),
        // Slips.
        ("corse", "lms course"), ("corse list", "lms course list"), ("jion", "lms course join"),
        ("course lst", "lms course list"), ("regsiter", "lms register"), ("Course", "lms course"),
        ("material sho", "lms material show"), ("singup", "lms register"),
    ])
    func `a command is suggested`(_ line: String, _ meant: String) async throws {
        #expect(try await hint(line) == "Did you mean: \(meant)", "\(line)")
    }

    @Test(arguments: [
        ("help join", "lms help course join"), ("help enrol", "lms help course join"),
        ("help course rename", "lms help course edit"),
    ])
    func `a page of help is suggested`(_ line: String, _ meant: String) async throws {
        #expect(try await hint(line) == "Did you mean: \(meant)", "\(line)")
    }

    @Test(arguments: [
        (
            "rm",
            "lms help course delete, lms help material delete, lms help roster remove or lms help user delete"
        ),
        (
            "delete bio",
            "lms help course delete, lms help material delete, lms help roster remove or lms help user delete"
        ),
        ("expel siti", "lms help roster remove"), ("members remove", "lms help roster remove"),
        ("accounts disable", "lms help user disable"),
        ("undelete", "lms help"), ("course undelete", "lms help course"),
        ("course rm", "lms help course delete"), ("delete course", "lms help course delete"),
        ("remove material", "lms help material delete"), ("course delte", "lms help course delete"),
        ("roster delete", "lms help roster remove"), ("token delete", "lms help token revoke"),
        ("restore", "lms help trash restore"), ("corse delete", "lms help course delete"),
        ("user remove", "lms help user delete"), ("retention", "lms help db retention"),
        ("hapus course", "lms help course delete"),
        ("db purge", "lms help db"),
    ])
    func `for what destroys, the page of help is named`(_ line: String, _ page: String) async throws {
        let hint = try await hint(line)
        #expect(hint == "See: \(page)" || hint == "See what there is with: \(page)", "\(line): \(hint)")
    }

    @Test(arguments: ["import siswa.csv", "impor kelas.csv", "load x"])
    func `a word that is about several things names a command for each`(_ line: String) async throws {
        let messages = try await messages(line)
        #expect(
            messages.contains(
                """

                For the names of a class: lms roster add COURSE --file FILE
                For a course file: lms apply FILE
                For a whole school, by your administrator: lms db import DIR

                """), "\(messages)")
    }

    @Test(arguments: [
        "frobnicate", "foo", "x", "course frobnicate", "course import", "db join", "user sing", "bar",
        "zzload",
        String(repeating: "a", count: 5000),
    ])
    func `nothing is suggested where nothing is near`(_ line: String) async throws {
        #expect(try await hint(line).hasPrefix("See what there is with: lms help"), "\(line)")
    }

    @Test func `whatever is typed, no line that destroys is suggested`() throws {
        let groups = Set(CommandTree.allNames.map { $0.split(separator: " ")[0] }).map(String.init)
        let words =
            Array(CommandSynonyms.commands.keys) + Array(CommandSynonyms.destroying)
            + Array(CommandSynonyms.restoring)
            + CommandTree.allNames.flatMap { name in
                let last = String(name.split(separator: " ").last ?? "")
                return [last, String(last.dropFirst()), String(last.dropLast()), last + "e"]
            }
        let guess = CommandGuess(commands: CommandTree.allNames)
        for group in [""] + groups {
            for word in Set(words) {
                guard case .commands(let found) = guess.answer(to: word, in: group, before: nil) else {
                    continue
                }
                for command in found {
                    let last = String(command.split(separator: " ").last ?? "")
                    #expect(!CommandSynonyms.destroyingNames.contains(last), "\(group) \(word): \(command)")
                }
            }
        }
    }

    @Test func `synonyms lead to commands that there are`() {
        let known = Set(CommandTree.allNames + ["--version", "help"])
        for (word, commands) in CommandSynonyms.commands {
            #expect(commands.allSatisfy(known.contains), "\(word): \(commands)")
            #expect(!CommandTree.allNames.contains(word) || word.contains(" ") == false, "\(word)")
        }
    }

    @Test func `commands that ask before they act are of the destroying`() {
        for command in NamedCommand.all where !command.isGroup && command.path.count > 1 {
            let asks = command.node.parameters.option("--yes") != nil
            let last = command.path.last ?? ""
            #expect(!asks || last == "leave" || CommandSynonyms.destroyingNames.contains(last), "\(command)")
        }
    }

    @Test(arguments: [
        ("material add bio --file x", "--description-file"), ("course list --al", "--all"),
        ("course list --database x", "--db"), ("course create X --desc x", "--description"),
        ("course create X --enrol open", "--enrollment"), ("course list --csv", "--format csv"),
        ("course list --no-colour", "--no-color"), ("course list --no-pagr", "--no-pager"),
        ("export X --output y", "--dir"), ("export X --output json", "--format"),
        ("course list --output json", "--format"), ("export X --out", "--dir"),
        ("export X -o y", "--dir"), ("export X --directory y", "--dir"),
        ("material add x -f y", "--description-file"), ("roster add x -f y", "--file"),
        ("roster list bio --pending", "--status pending"), ("register ani --teacher", "--role teacher"),
        ("apply -f bio.yaml", "lms apply bio.yaml"),
        ("token create --label x --days=9", "--lifetime=9"), ("course create X --dryrun", "--dry-run"),
    ])
    func `an option is suggested`(_ line: String, _ meant: String) async throws {
        #expect(try await hint(line) == "Did you mean: \(meant)", "\(line)")
    }

    @Test(arguments: [
        "course list --file x", "course list --foo", "search isi --limit 2", "search isi -n 2",
        "search -f isi",
        "course list --output siswa.csv", "db import x --skip", "db check --host x",
        "apply --prune -f bio.yaml",
        "course delete X --force", "apply f --purne",
        "apply f --yse",
        "course show X -x",
    ])
    func `no option is suggested where none is near`(_ line: String) async throws {
        let messages = try await messages(line)
        #expect(
            messages.contains("unknown option '-") && messages.contains("\nSee: lms help "), "\(messages)")
        #expect(!messages.contains("Did you mean"))
    }

    @Test(arguments: [
        ("register ani --role guru", "--role teacher"), ("register ani --role studnet", "--role student"),
        ("course create X --enrollment public", "--enrollment open"),
        ("course list --format excel", "--format csv"), ("course list --format=jsn", "--format json"),
        ("user set-role siti guru", "lms user set-role siti teacher"),
        ("completion bahs", "lms completion bash"),
        ("token create --label x --lifetime 2w", "--lifetime 14d"),
        ("login ani --lifetime 30", "--lifetime 30d"), ("login ani --lifetime=1month", "--lifetime 30d"),
    ])
    func `a value is suggested`(_ line: String, _ meant: String) async throws {
        #expect(try await hint(line) == "Did you mean: \(meant)", "\(line)")
    }

    @Test(arguments: [
        ("user set-role siti head", "the role is teacher or student, not 'head'"),
        ("completion tcsh", "the shell is bash, zsh or fish, not 'tcsh'"),
        (
            "login ani --lifetime forever",
            "--lifetime is a number with d, h or m behind it, such as 30d, not 'forever'"
        ),
        (
            // What forgets is not suggested as a line.
            "db retention 30", "the lifetime is a number with d, h or m behind it, such as 30d, not '30'"
        ),
        ("log --limit many", "--limit is a number in digits, not 'many'"),
        ("material edit 7 --position first", "--position is a number in digits, not 'first'"),
    ])
    func `the values that there are are said`(_ line: String, _ meant: String) async throws {
        let messages = try await messages(line)
        #expect(messages.hasPrefix("lms: \(meant)\nSee: lms help "), "\(messages)")
    }

    @Test(arguments: [
        ("course create Biologi Dasar", "lms course create 'Biologi Dasar'"),
        ("course create Biologi Dasar Satu --code B1", "lms course create 'Biologi Dasar Satu' --code B1"),
        ("material add bio Minggu 1 --description x", "lms material add bio 'Minggu 1' --description x"),
        ("course edit bio --title Ilmu Alam", "lms course edit bio --title 'Ilmu Alam'"),
        ("course edit bio Ilmu_Alam", "lms course edit bio --title 'Ilmu Alam'"),
        ("material add bio Minggu_1 week1.md", "lms material add bio 'Minggu 1' --description-file week1.md"),
        ("material edit 7 week1.md", "lms material edit 7 --description-file week1.md"),
        ("token create Nightly", "lms token create --label Nightly"),
        ("register ani teacher", "lms register ani --role teacher"),
        ("course list biology", "lms course list --search biology"),
        ("db check b.db", "lms db check --db b.db"),
        ("db stats postgres://db/x", "lms db stats --db 'postgres://db/x'"),
        ("whoami https://lms.school.id", "lms whoami --server 'https://lms.school.id'"),
    ])
    func `the line is shown as it should be typed`(_ line: String, _ meant: String) async throws {
        #expect(try await hint(line) == "Did you mean: \(meant)", "\(line)")
    }

    @Test(arguments: [
        ("search -kupu", "lms search -- -kupu"), ("search sel -kupu -q", "lms search sel -q -- -kupu"),
        ("search --kupu", "lms search -- --kupu"),
        ("course create -1_kelas", "lms course create -- '-1 kelas'"),
    ])
    func `it is said how a word begins with a dash`(_ line: String, _ meant: String) async throws {
        #expect(
            try await hint(line) == "A word that begins with a dash stands behind --: \(meant)", "\(line)")
    }

    @Test(arguments: [
        "login ani -p rahasia-sekali", "login ani -prusak-sekali", "login ani rahasia-sekali",
        "login ani --password rahasia-sekali", "register ani rahasia-sekali",
    ])
    func `a password on the command line is not shown again`(_ line: String) async throws {
        let messages = try await messages(line)
        #expect(messages.contains("--password-stdin") && !messages.contains("sekali"), "\(messages)")
    }

    @Test func `options stand behind the command`() async throws {
        #expect(
            try await hint("--db x course list") == "Options stand behind it, as in: lms course list --json")
    }

    @Test func `both spellings of enrollment are taken`() async throws {
        for spelling in ["enrollment", "enrolment"] {
            let parsed = try CourseCreate.read(["X", "--\(spelling)", "approval"])
            #expect(parsed.given.entry.policy == .approval)
        }
        let both = try await hint("course edit X --enrolment open --enrollment open")
        #expect(both == "See: lms help course edit")
    }
}
