internal import LMSCommandLine

/// How answers are printed.
enum OutputFormat: String, CaseIterable, ArgumentValue, Sendable {
    case table, tsv, csv, json, ids
}
