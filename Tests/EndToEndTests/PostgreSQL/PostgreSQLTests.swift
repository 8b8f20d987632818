#if PostgreSQL
    import Foundation
    import LMSCore
    import LMSTestSupport
    import Testing

    /// The real program on a PostgreSQL cluster, where the tests were given one.
    @Suite(.enabled(if: PostgreSQLTrial.cluster != nil, "no cluster: make test-postgres"))
    enum PostgreSQLTests {}

    extension ProgramScene {
        /// What PostgreSQL's own shell answers.
        func psql(_ statement: String, on url: String) throws -> String {
            let outcome = try run(
                Launch(
                    program: "/usr/bin/psql", arguments: ["-qtAX", url, "-c", statement],
                    environment: ["HOME": home, "PATH": "/usr/bin:/bin"]))
            try #require(outcome.status == 0, "\(outcome)")
            return outcome.word
        }

        /// A school in CSV files.
        ///
        /// - Returns: Their folder.
        func school(named name: String, students: Int, courses: Int) throws -> String {
            let folder = path(name)
            mkdir(folder, 0o700)
            func table(_ name: String, _ header: String, _ rows: [String]) throws {
                try write(
                    Array((header + "\n" + rows.joined(separator: "\n")).utf8), to: "\(folder)/\(name).csv")
            }
            try table(
                "users", "username,role", ["guru,teacher"] + (1...students).map { "murid\($0),student" })
            try table(
                "courses", "code,title,teacher,description",
                (1...courses).map { "c-\($0),Kursus \($0),guru,\"Tentang nomor \($0),\nélan.\"" })
            try table(
                "materials", "course,title,description",
                (0..<courses * 3).map { "c-\(1 + $0 % courses),Minggu \(1 + $0 / courses),\"=1+1\t\r\nsel\"" }
            )
            try table(
                "enrollments", "course,student",
                (0..<courses * 5).map {
                    "c-\(1 + $0 % courses),murid\(1 + ($0 % courses + $0 / courses) % students)"
                })
            return folder
        }
    }
#endif
