#if PostgreSQL
    internal import Foundation
    @testable package import LMSDatabase

    /// A PostgreSQL database for tests: a schema of its own in the cluster that LMS_TEST_POSTGRES names.
    package enum PostgreSQLTrial {
        /// The cluster, where there is one.
        package static let cluster = ProcessInfo.processInfo.environment["LMS_TEST_POSTGRES"]

        /// An empty schema, as the URL of a database.
        package static func makeEmpty() throws -> String {
            guard let cluster else { throw Missing(what: "LMS_TEST_POSTGRES") }
            let name = "t" + UUID().uuidString.replacingOccurrences(of: "-", with: "").lowercased()
            try PostgreSQLConnection(url: cluster).command("CREATE SCHEMA \(name)")
            return cluster + "&options=-csearch_path%3D" + name
        }

        /// The URL of a database that has a schema's tables.
        package static func makeURL(schema: Schema) throws -> String {
            let url = try makeEmpty()
            let connection = try PostgreSQLConnection(url: url)
            try connection.command("BEGIN")
            _ = try PostgreSQLSchema.migrate(schema, on: connection)
            try connection.command("COMMIT")
            return url
        }

        /// A database that has a schema's tables.
        package static func make(schema: Schema, connections: Int = 4) throws -> PostgreSQLDatabase {
            PostgreSQLDatabase(
                PostgreSQLPool(url: try makeURL(schema: schema), connections: connections, patience: 10))
        }
    }
#endif
