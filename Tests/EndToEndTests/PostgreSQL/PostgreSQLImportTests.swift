import LMSText

#if PostgreSQL
    import Foundation
    import LMSCore
    import LMSTestSupport
    import Testing

    extension PostgreSQLTests {
        /// `lms db import` on PostgreSQL.
        @Suite struct Import {}
    }

    extension PostgreSQLTests.Import {
        @Test func `a school comes once and is unchanged the second time`() throws {
            let scene = try ProgramScene()
            let url = try PostgreSQLTrial.makeURL(schema: .lms)
            let folder = try scene.school(named: "school", students: 50, courses: 20)
            let first = try scene.run(scene.launch(["db", "import", folder], database: url))
            #expect(first.status == 0, "\(first)")
            let second = try scene.run(scene.launch(["db", "import", folder], database: url))
            #expect(
                second.output == """
                    users.csv\t0\t0\t51\t0
                    courses.csv\t0\t0\t20\t0
                    enrollments.csv\t0\t0\t100\t0
                    materials.csv\t0\t0\t60\t0

                    """, "\(second)")
            #expect(try scene.run(scene.launch(["db", "check"], database: url)).status == 0)
        }

        @Test func `a killed import is all or nothing`() throws {
            let scene = try ProgramScene()
            let folder = try scene.school(named: "school", students: 1000, courses: 300)
            func importing(_ url: String) -> Launch {
                scene.launch(["db", "import", folder], database: url)
            }
            let usual = try scene.run(importing(PostgreSQLTrial.makeURL(schema: .lms))).duration
            var moments = KillMoments(usual: usual, seed: 7)
            // As many as it takes: other tests change the pace.
            for number in 0..<40 where number < 12 || moments.killed <= 3 || moments.done == 0 {
                let url = try PostgreSQLTrial.makeURL(schema: .lms)
                let process = try scene.start(importing(url))
                let end = process.end(after: moments.next())
                let rows = try scene.psql(
                    """
                    SELECT (SELECT count(*) FROM users) + (SELECT count(*) FROM course)
                        + (SELECT count(*) FROM enrollment) + (SELECT count(*) FROM material)
                    """, on: url)
                #expect(["0", "3701"].contains(rows), "half of it: \(rows)")
                moments.note(end, isDone: rows != "0")
                let again = try scene.run(importing(url))
                #expect(again.status == 0, "\(again)")
                #expect(try scene.psql("SELECT count(*) FROM material", on: url) == "900")
            }
            #expect(moments.killed > 3 && moments.done > 0, "too few to tell: \(moments)")
        }

        @Test func `a bad row is named and nothing is imported`() throws {
            let scene = try ProgramScene()
            let url = try PostgreSQLTrial.makeURL(schema: .lms)
            let folder = try scene.school(named: "school", students: 50, courses: 20)
            let rows = ["course,student"] + (1...20).map { "c-\($0),murid1" } + ["c-21,murid1"]
            try scene.write(Array(rows.joined(separator: "\n").utf8), to: folder + "/enrollments.csv")
            let outcome = try scene.run(scene.launch(["db", "import", folder], database: url))
            #expect(outcome.status == 65 && outcome.errors.contains("enrollments.csv:22:1: "), "\(outcome)")
            #expect(try scene.psql("SELECT count(*) FROM users", on: url) == "0")
        }
    }
#endif
