internal import LMSCommandLine

/// What every command that talks to a database takes.
///
/// One flat group: each level of groups costs a command some of its start.
struct GlobalOptions: ArgumentGroup {
    static var syntax: Syntax<Self> {
        [
            .option("--db", \.db, takes: .path, value: "path", "The database: a file, or postgres://..."),
            .option("--server", \.server, value: "url", "The server, in place of a database file."),
            .option("--ca-file", \.caFile, takes: .file, value: "file", "A CA to trust besides the system's, as a PEM file."),
            .flag("--insecure-http", at: \.insecureHTTP, "Allow http:// to another machine."),
            .option(
                "--format", \.format, "How to print: table, tsv, csv, json or ids. Default: table on a terminal, tsv elsewhere."),
            .flag("--json", at: \.json, "The same as --format json."),
            .flag("-q", "--quiet", at: \.quiet, "The same as --format ids: one id a line."),
            .flag(
                "--excel", at: \.excel,
                "Print CSV that Excel opens where a comma is in numbers: semicolons, UTF-8 with its mark, CRLF."),
            .flag("--header", at: \.header, "Begin TSV with a line of the columns' names."),
            .flag("--no-color", at: \.noColor, "Print without colours."),
            .flag("--no-pager", at: \.noPager, "Print long tables without a pager."),
        ]
    }

    var db: String?
    var server: String?
    var caFile: String?
    var insecureHTTP = false
    var format: OutputFormat?
    var json = false
    var quiet = false
    var excel = false
    var header = false
    var noColor = false
    var noPager = false

    func check() throws(LineMistake) {
        guard db == nil || server == nil else {
            throw .refused("give only one of --db and --server")
        }
        // `--excel --format csv` says the same twice, and is allowed.
        let formats = [format != nil && !(excel && format == .csv), json, quiet, excel].filter { $0 }
        guard formats.count <= 1 else {
            throw .refused("give only one of --format, --json, --quiet and --excel")
        }
        guard !header || ![.json, .ids].contains(chosenFormat) else {
            throw .refused("--header is for tsv: JSON and ids have no columns")
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
