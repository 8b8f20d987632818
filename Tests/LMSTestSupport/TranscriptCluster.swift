#if PostgreSQL
    internal import Foundation

    /// A PostgreSQL database in the place of a transcript's default file.
    ///
    /// What makes, copies and names a file still acts on files. PostgreSQL gives up an id whose row was taken
    /// back, where SQLite gives it out again; what a failure or a dry run used up is put back here, so that
    /// the ids are those that the transcript has.
    struct TranscriptCluster: TranscriptPlace {
        private let program: TranscriptProgram
        private var isOpen = false

        init(home: URL) async throws {
            program = try await TranscriptProgram(
                home: home,
                leading: """
                    case "$LMS_DB" in
                        ''|'\(TranscriptProgram.database(in: home))') ;;
                        *) exec "$real" "$@" ;;
                    esac

                    """ + #"""
                        case "$1 $2" in
                            "db init"|"db path"|"db backup"|"db restore") exec "$real" "$@" ;;
                            serve*|target*) exec "$real" "$@" ;;
                        esac
                        LMS_DB=$address
                        export LMS_DB
                        ids=$(psql -qtAX "$address" -c "SELECT format('SELECT setval(%L, %s, %L);',
                            sequencename, coalesce(last_value, 1), last_value IS NOT NULL)
                            FROM pg_sequences WHERE schemaname = current_schema()")
                        (show "$@")
                        status=$?
                        case " $* " in *" -n "*|*" --dry-run "*) failed=1 ;; *) failed=$status ;; esac
                        [ "$failed" = 0 ] || psql -qtAX "$address" -c "$ids" > /dev/null
                        exit $status
                        """#)
        }

        var path: String { program.folder.path }

        mutating func open() async throws {
            guard !isOpen else { return }
            isOpen = true
            try program.lead(to: PostgreSQLTrial.makeURL(schema: .lms))
        }

        func close() async throws {
            program.remove()
        }
    }
#endif
