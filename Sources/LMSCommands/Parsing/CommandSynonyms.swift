/// What people call our commands: words of other programs, and Indonesian ones.
enum CommandSynonyms {
    /// Commands by a word that is not their name, the likeliest first. A word behind its group's name is
    /// only meant there.
    static let commands: [String: [String]] = {
        var commands: [String: [String]] = [:]
        for (words, targets) in families {
            for word in words.split(separator: " ") {
                commands[String(word).replacing("/", with: " "), default: []] += targets
            }
        }
        return commands
    }()

    /// The words that are meant in every group.
    static let words = commands.keys.filter { !$0.contains(" ") }.sorted()

    /// What people call our groups, where a command's name follows.
    static let groups: [String: String] = {
        var groups: [String: String] = [:]
        for (words, group) in groupFamilies {
            for word in words.split(separator: " ") { groups[String(word)] = group }
        }
        return groups
    }()

    private static let groupFamilies: [(words: String, group: String)] = [
        ("enrollment enrolment enrollments enrolments students members participants siswa peserta", "roster"),
        ("users accounts account pengguna", "user"), ("courses kursus", "course"),
        ("teachers instructors instructor staff co-teacher guru pengajar", "teacher"),
        ("materials lessons materi", "material"), ("tokens", "token"), ("database", "db"),
        ("targets", "target"),
    ]

    /// A command for one of the things that a word may be about.
    struct Choice: Equatable {
        let purpose: String
        let command: String
        /// What stands behind the command.
        let arguments: String

        var line: String { "\(command) \(arguments)" }
    }

    /// Words that mean different things to different people.
    static let choices: [String: [Choice]] = {
        let importing = [
            Choice(purpose: "the names of a class", command: "roster add", arguments: "COURSE --file FILE"),
            Choice(purpose: "a course file", command: "apply", arguments: "FILE"),
            Choice(purpose: "a whole school, by your administrator", command: "db import", arguments: "DIR"),
        ]
        return ["import": importing, "impor": importing, "load": importing, "bulk-import": importing]
    }()

    /// The commands that a word for taking something away may mean, where nothing says of what.
    static func takingAway(_ word: String) -> [String] {
        removingStudents.contains(word)
            ? ["roster remove"] : ["course delete", "material delete", "roster remove", "user delete"]
    }

    private static let removingStudents: Set<String> = ["kick", "expel", "keluarkan"]

    /// Words for what takes something away. No line that does so is suggested.
    static let destroying: Set<String> = [
        "delete", "remove", "rm", "del", "erase", "destroy", "purge", "discard", "unlink", "trash", "clear",
        "hapus", "buang", "kick", "expel", "keluarkan",
    ]

    /// Words for getting something back that is gone, which no command does.
    static let restoring: Set<String> = [
        "undelete", "unremove", "undo", "recover", "untrash", "revert", "batalkan", "pulihkan",
    ]

    /// The last words of commands that delete something.
    static let deletingNames: Set<String> = ["delete", "remove", "revoke"]

    /// The last words of commands that take something away.
    static let destroyingNames: Set<String> = [
        "delete", "remove", "revoke", "restore", "disable", "reject", "purge", "retention", "empty",
    ]

    private static let families: [(words: String, commands: [String])] = [
        (
            "enroll enrol enrollment enrolment enrolling subscribe follow attend gabung bergabung ikut ikuti",
            ["course join", "roster add"]
        ),
        (
            "unenroll unenrol unsubscribe unfollow unjoin withdraw quit-course roster/leave mundur",
            ["course leave"]
        ),
        ("course/quit course/exit course/keluar", ["course leave"]),
        (
            "new make mk buat bikin course/add course/new course/tambah material/new material/create material/make"
                + " token/new token/add token/make token/generate db/create db/new db/setup",
            ["course create", "material add", "token create", "db init"]
        ),
        (
            "rename update change modify alter set move ubah ganti sunting mv",
            ["course edit", "material edit"]
        ),
        ("reorder position", ["material edit"]),
        ("publish release schedule terbitkan", ["course edit"]),
        ("restore undelete recover pulihkan kembalikan", ["trash restore"]),
        (
            "read open view cat less lihat baca buka get print detail details",
            ["material show", "course show"]
        ),
        ("info describe course/describe", ["course show"]),
        ("upload post attach unggah tambah insert put", ["material add", "roster add"]),
        (
            "ls dir list all-courses courses catalog catalogue browse kursus course/ls course/all course/daftar",
            ["course list"]
        ),
        (
            "materials lessons contents content materi course/materials course/materi material/ls material/all"
                + " material/daftar",
            ["material list"]
        ),
        (
            "students student members member participants pupils class siswa peserta anggota course/students"
                + " course/members course/roster course/siswa roster/ls roster/show roster/daftar roster/search roster/find roster/cari",
            ["roster list"]
        ),
        ("pending requests waiting", ["roster list"]),
        (
            "teachers instructors instructor staff co-teacher guru pengajar course/teachers teacher/ls teacher/show teacher/daftar",
            ["teacher list"]
        ),
        ("course/give course/hand-over course/handover course/owner", ["course transfer"]),
        ("course/duplicate course/clone course/rollover course/roll-over course/salin rollover", ["course copy"]),
        ("course/close course/freeze course/end course/arsip course/arsipkan arsip arsipkan", ["course archive"]),
        ("course/reopen course/unfreeze", ["course unarchive"]),
        ("accept admit grant allow confirm setujui terima", ["roster approve"]),
        ("deny decline refuse tolak", ["roster reject"]),
        ("invite undang roster/invite roster/create roster/new roster/import", ["roster add"]),
        (
            "signup sign-up adduser useradd newuser join-up daftar registration registrasi account user/create user/add"
                + " user/new user/signup user/invite",
            ["register"]
        ),
        ("signin sign-in log-in logon log-on auth authenticate masuk", ["login"]),
        ("signout sign-out log-out logoff log-off exit quit bye keluar", ["logout"]),
        ("who me i status id siapa saya user/me user/whoami session", ["whoami"]),
        ("password change-password pass chpasswd pw sandi kata-sandi", ["passwd"]),
        (
            "reset-password forgot forgot-password set-password user/password user/passwd user/reset user/pass"
                + " unlock user/unlock",
            ["user set-password"]
        ),
        ("users accounts pengguna user/ls user/all user/search user/find user/cari", ["user list"]),
        ("user/show user/export user/dump", ["user data"]), ("my-data gdpr profil name nama number nomor", ["profile"]),
        ("promote demote role user/role user/update user/chrole", ["user set-role"]),
        ("user/rename user/name user/number user/modify", ["user edit"]),
        ("ban block suspend lock deactivate blokir", ["user disable"]),
        ("unban unblock activate reactivate user/activate", ["user enable"]),
        ("hand-over handover user/move user/give user/reassign", ["user transfer"]),
        (
            "find grep query look lookup cari course/search course/find material/find material/search",
            ["search"]
        ),
        ("history audit trail events activity logs riwayat course/history course/log", ["log"]),
        ("updates whats-new what-is-new feed notifications berita kabar baru course/news course/updates", ["news"]),
        ("sync deploy push terapkan course/apply", ["apply"]),
        ("plan compare preview banding", ["diff"]),
        ("download ekspor unduh course/download course/dump", ["export"]),
        ("load bulk bulk-import impor db/load", ["db import"]),
        ("backup dump db/dump db/save snapshot cadangkan", ["db backup"]),
        ("verify fsck integrity repair db/verify db/doctor", ["db check"]),
        ("upgrade db/upgrade db/update", ["db migrate"]),
        ("init initialize setup db/make", ["db init"]),
        ("where db/where db/file", ["db path"]),
        ("statistics count db/info db/count db/status", ["db stats"]),
        ("server start run daemon listen host up", ["serve"]),
        ("key keys kunci course/keys course/rotate course/kunci", ["course key"]),
        ("tokens apikey api-key token/ls token/show", ["token list"]),
        ("use switch connect target/switch target/set target/add target/select", ["target use"]),
        ("targets remote remotes servers target/ls target/show", ["target list"]),
        ("completions autocomplete", ["completion"]),
        ("version ver versi", ["--version"]),
        ("man manual usage bantuan tolong", ["help"]),
    ]
}
