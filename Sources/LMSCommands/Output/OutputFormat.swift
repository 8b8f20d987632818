internal import ArgumentParser

/// How answers are printed.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
    case table, tsv, csv, json, ids
}
