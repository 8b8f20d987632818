#if PostgreSQL
    internal import CPostgreSQL

    extension DatabaseError {
        /// - Parameter sqlState: Source: https://www.postgresql.org/docs/15/errcodes-appendix.html
        init(sqlState: String, detail: String) {
            let kind: Kind =
                switch sqlState {
                case "23505": .uniqueViolation
                case "23503": .foreignKeyViolation
                case "23502", "23514", "22001", "22003": .checkViolation
                // Another transaction was in the way, or a lock or a statement took too long.
                case "40001", "40P01": .conflict
                case "55P03", "57014", "53300": .busy
                case "53100": .diskFull
                case "25006": .readOnlyServer
                // The server goes down, or comes up.
                case "57P01", "57P02", "57P03", "08000", "08001", "08003", "08004", "08006", "":
                    .serverUnreachable
                case "3D000": .databaseNotFound
                case "28000", "28P01": .loginRefused
                case "42501", "3F000": .permissionDenied
                case "XX001", "XX002", "42P01", "42703": .damaged
                case "53200", "58030", "XX000": .serverFailure
                default: .internal
                }
            self.init(kind, "PostgreSQL \(sqlState): \(detail)")
        }

        /// Why a connection could not be made, told by libpq's words alone: it keeps no SQLSTATE of that. In other languages
        /// than English they are not known, and the kind is `serverUnreachable`.
        init(connecting connection: OpaquePointer, to url: String) {
            let words = String(cString: PQerrorMessage(connection))
            let known: [(kind: Kind, signs: [String])] = [
                (.loginRefused, ["authentication failed"]), (.loginRefused, ["no password supplied"]),
                (.loginRefused, ["pg_hba.conf"]), (.loginRefused, ["role \"", "does not exist"]),
                (.loginRefused, ["not permitted to log in"]),
                (.permissionDenied, ["permission denied for database"]),
                (.databaseNotFound, ["database \"", "does not exist"]),
                (.malformedURL, ["invalid "]), (.malformedURL, ["key/value separator"]),
                (.malformedURL, ["unexpected character"]),
                (.noSecureConnection, ["certificate"]), (.noSecureConnection, ["SSL error"]),
                (.noSecureConnection, ["support SSL"]),
            ]
            let kind = known.first { $0.signs.allSatisfy { words.contains($0) } }?.kind
            self.init(kind ?? .serverUnreachable, Self.shown(words, of: url))
        }

        /// What may be shown of libpq's words. Where a URL's password has a character in it that should have been written
        /// as `%40` and the like, libpq takes a part of it for a host or a port, and says so.
        private static func shown(_ words: String, of url: String) -> String {
            let address = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
            let at = address.lastIndex(of: "@") ?? address.startIndex
            let password = address[..<at].firstIndex(of: ":").map { address[$0..<at].dropFirst() }
            let hasParameter = PostgreSQLURL.decoded(String(address[at...])).contains("password")
            // Without an `@`, what looks like a port may be a password.
            let hasOddPort = password == nil && PostgreSQLURL.oddPort(address) != nil
            guard password != nil || hasParameter || hasOddPort else { return words }
            let isUnderstood = ["connection to server", "could not translate host name"]
                .contains { words.hasPrefix($0) }
            let isPlain = password?.contains { "/?#@:[]".contains($0) } != true
            return isUnderstood && isPlain && !hasOddPort
                ? words : "libpq's words are not shown: a part of the password in the URL may be in them"
        }
    }
#endif
