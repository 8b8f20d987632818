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
                case "53100", "53200": .full
                case "25006": .readOnly
                // The server goes down, or comes up.
                case "57P01", "57P02", "57P03", "08000", "08001", "08003", "08004", "08006", "": .unreachable
                case "3D000": .missing
                case "28000", "28P01", "42501": .unreadable
                case "XX001", "XX002", "42P01", "42703": .corrupt
                default: .other
                }
            self.init(kind, "PostgreSQL \(sqlState): \(detail)")
        }

        /// What a connection says that did not come about, or is gone.
        init(connection: OpaquePointer) {
            let words = String(cString: PQerrorMessage(connection))
            let kind: Kind =
                if words.contains("authentication failed") || words.contains("no password supplied")
                    || words.contains("no pg_hba.conf entry")
                {
                    .unreadable
                } else if words.contains("database \"") && words.contains("does not exist") {
                    .missing
                } else {
                    .unreachable
                }
            self.init(kind, words)
        }
    }
#endif
