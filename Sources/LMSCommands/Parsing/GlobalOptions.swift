internal import ArgumentParser

/// What every command that talks to a database takes.
///
/// One flat group: each level of groups costs a command some of its start.
struct GlobalOptions: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The database: a file, or postgres://...", valueName: "path"))
    var db: String?

    @Option(help: ArgumentHelp("The server, in place of a database file.", valueName: "url"))
    var server: String?

    @Option(help: ArgumentHelp("A CA to trust besides the system's, as a PEM file.", valueName: "file"))
    var caFile: String?

    @Flag(name: .customLong("insecure-http"), help: "Allow http:// to another machine.")
    var insecureHTTP = false

    @Option(
        help: "How to print: table, tsv, csv, json or ids. Default: table on a terminal, tsv elsewhere.")
    var format: OutputFormat?

    @Flag(help: "The same as --format json.")
    var json = false

    @Flag(name: .shortAndLong, help: "The same as --format ids: one id a line.")
    var quiet = false

    @Flag(
        help: "Print CSV that Excel opens where a comma is in numbers: semicolons, UTF-8 with its mark, CRLF."
    )
    var excel = false

    @Flag(help: "Begin TSV with a line of the columns' names.")
    var header = false

    @Flag(name: .customLong("no-color"), help: "Print without colours.")
    var noColor = false

    @Flag(name: .customLong("no-pager"), help: "Print long tables without a pager.")
    var noPager = false

    func validate() throws {
        guard db == nil || server == nil else {
            throw ValidationError("give only one of --db and --server")
        }
        // `--excel --format csv` says the same twice, and is allowed.
        let formats = [format != nil && !(excel && format == .csv), json, quiet, excel].filter { $0 }
        guard formats.count <= 1 else {
            throw ValidationError("give only one of --format, --json, --quiet and --excel")
        }
        guard !header || ![.json, .ids].contains(chosenFormat) else {
            throw ValidationError("--header is for tsv: JSON and ids have no columns")
        }
    }

    /// What was asked for; `nil` where nothing was.
    var chosenFormat: OutputFormat? {
        if json { return .json }
        if quiet { return .ids }
        if excel { return .csv }
        return format
    }
}
