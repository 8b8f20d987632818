import LMSText
import Testing

@testable import LMSCommands

/// A database on PostgreSQL, as users name it.
@Suite struct PostgreSQLLocationTests {
    @Test(
        arguments: [
            ("postgres://ani@db/lms", "postgres://ani@db/lms"),
            ("postgres://ani:secret@db/lms", "postgres://ani@db/lms"),
            (
                "postgresql://ani:sec%40ret:x@db:5432/lms?sslmode=require",
                "postgresql://ani@db:5432/lms?sslmode=require"
            ),
            ("postgres://ani:sec@ret@db/lms", "postgres://ani@db/lms"),
            ("postgres://ani:secret?#x@db/lms", "postgres://ani@db/lms"),
            ("postgres://ani:secret@db?user=x@y", "postgres://ani@db?user=x@y"),
            ("postgres:///lms?host=/run/x&user=ani&password=secret", "postgres:///lms?host=/run/x&user=ani"),
            ("postgres://db/lms?PASSWORD=secret", "postgres://db/lms"),
            (
                "postgres://db/lms?sslpassword=secret&sslmode=verify-full",
                "postgres://db/lms?sslmode=verify-full"
            ),
            ("postgres://db/lms?p%61ssword=secret&user=ani", "postgres://db/lms?user=ani"),
            ("postgres://db:5432/lms", "postgres://db:5432/lms"),
            ("postgres://ani:sec/ret@db/lms", "postgres://ani@db/lms"),
            ("postgres://ani:sec/r?et@db/lms", "postgres://ani@db/lms"),
            ("postgres://ani:a@b/secret@db/lms", "postgres://ani@db/lms"),
            ("postgres://ani:secret/lms", "postgres://ani"),
            ("postgres://ani:sec/ret?b=c@db/lms", "postgres://ani"),
            ("postgres:///lms?user=ani&password=a&secret%26", "postgres:///lms?user=ani"),
            ("postgres://db1:5432,db2/lms?user=ani", "postgres://db1:5432,db2/lms?user=ani"),
            ("postgres://[::1]:5432/lms", "postgres://[::1]:5432/lms"),
            ("postgres://", "postgres://"),
        ])
    func `a password is not shown, and not kept`(url: String, name: String) {
        #expect(PostgreSQLLocation(url).name == name)
        #expect(!PostgreSQLLocation(url).name.contains("secret"))
    }

    @Test func `what begins with postgres:// is a database, other addresses are servers, the rest are files`() throws {
        for text in ["postgres://db/lms", "POSTGRESQL://db/lms"] {
            guard case .database(.postgreSQL) = try Target(named: text) else {
                Issue.record("\(text) is \(try Target(named: text))")
                continue
            }
        }
        guard case .server = try Target(named: "https://postgres"),
            case .database(.file) = try Target(named: "postgres")
        else {
            Issue.record("a server and a file")
            return
        }
    }
}
