#if PostgreSQL
    internal import CPostgreSQL

    extension DatabaseError {
        /// - Parameter sqlState: Source: https://www.postgresql.org/docs/15/errcodes-appendix.html
        init(sqlState: String, detail: String) {
            let kind: Kind =
                switch sqlState {
                case "23505": .unique
                case "23503": .foreignKey
                case "23502", "23514", "22001", "22003": .constraint
                // Another transaction was in the way, or a lock or a statement took too long.
                case "40001", "40P01": .conflicting
                case "55P03", "57014", "53300": .busy
                case "53100": .full
                case "25006": .replica
                // The server goes down, or comes up.
                case "57P01", "57P02", "57P03", "08000", "08001", "08003", "08004", "08006", "": .unreachable
                case "3D000": .unknown
                case "28000", "28P01": .refused
                case "42501", "3F000": .denied
                case "XX001", "XX002", "42P01", "42703": .corrupt
                case "53200", "58030", "XX000": .failed
                default: .other
                }
            self.init(kind, "PostgreSQL \(sqlState): \(detail)")
        }

        /// What a connection says that did not come about. There are only words: libpq keeps no SQLSTATE of it. In a
        /// server's own language they are not known, and it is `unreachable`.
        init(connecting connection: OpaquePointer) {
            let words = String(cString: PQerrorMessage(connection))
            let known: [(kind: Kind, signs: [String])] = [
                (.refused, ["authentication failed"]), (.refused, ["no password supplied"]),
                (.refused, ["pg_hba.conf"]), (.refused, ["role \"", "does not exist"]),
                (.refused, ["not permitted to log in"]), (.denied, ["permission denied for database"]),
                (.unknown, ["database \"", "does not exist"]),
                (.misnamed, ["invalid "]), (.misnamed, ["key/value separator"]),
                (.misnamed, ["unexpected character"]),
                (.untrusted, ["certificate"]), (.untrusted, ["SSL error"]), (.untrusted, ["support SSL"]),
            ]
            let kind = known.first { $0.signs.allSatisfy { words.contains($0) } }?.kind
            self.init(kind ?? .unreachable, words)
        }
    }
#endif
