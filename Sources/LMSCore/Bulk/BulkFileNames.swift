internal import LMSText

/// Which files of a folder are tables, told by their names in any case.
enum BulkFileNames {
    /// The files of the folder that are tables, in the order of the tables.
    ///
    /// - Parameter ignoringOthers: Whether files are passed over that look like tables and are none by their names.
    /// - Throws: `LMSError` `invalid` that names those files, `notFound` where no table is there, or what the
    ///   folder throws.
    static func files(
        in folder: any BulkFolder, ignoringOthers: Bool
    ) throws -> [(table: BulkTable, file: any BulkFile)] {
        var found: [BulkTable: any BulkFile] = [:]
        var problems = FileProblems()
        for name in try folder.names().sorted() {
            if let table = table(named: name) {
                guard let file = try folder.open(name) else { continue }
                if let first = found[table] {
                    let message = "\(first.name) is there too, and both are \(table.fileName)"
                    problems.add(
                        FileProblem(file: file.name, message: message),
                        hint: "Take one of them away.")
                }
                found[table] = file
            } else if !ignoringOthers, looksLikeTable(name) {
                try note(folder.open(name), called: name, in: &problems)
            }
        }
        try problems.throwIfAny()
        guard !found.isEmpty else {
            throw LMSError(.notFound, "there is no file to import", hint: "It is called one of: \(names)")
        }
        return BulkTable.allCases.compactMap { table in found[table].map { (table, $0) } }
    }

    private static var names: String { BulkTable.allCases.map(\.fileName).joined(separator: ", ") }

    /// The table that a file is by its name.
    static func table(named name: String) -> BulkTable? {
        let name = name.lowercased()
        return name == "enrolments.csv" ? .enrollments : BulkTable.allCases.first { $0.fileName == name }
    }

    /// Whether somebody may have meant a file to be read: a table by the end of its name, wherever that stands, as in
    /// `users.csv.txt`, or a text that is called like a table. Hidden files, and those that spreadsheets keep beside
    /// an open one, are nobody's.
    static func looksLikeTable(_ name: String) -> Bool {
        guard !name.hasPrefix("."), !name.hasPrefix("~$") else { return false }
        let parts = name.lowercased().split(separator: ".").map(String.init)
        guard let stem = parts.first else { return false }
        if parts.dropFirst().contains(where: endings.contains) { return true }
        return (parts.count == 1 || parts.last == "txt") && meant(stem) != nil
    }

    private static let endings: Set<String> = [
        "csv", "tsv", "tab", "xls", "xlsx", "xlsm", "xlsb", "xltx", "ods", "fods", "numbers",
    ]

    /// The table that a name like `users (1).csv` seems to mean.
    private static func meant(_ name: String) -> BulkTable? {
        let name = name.lowercased()
        if name.contains("enrolment") { return .enrollments }
        return BulkTable.allCases.first { name.contains($0.rawValue) }
    }

    /// - Parameter file: `nil` where it cannot be opened under its name, as one that is no UTF-8.
    private static func note(
        _ file: (any BulkFile)?, called name: String, in problems: inout FileProblems
    ) throws {
        let foreign = try file.flatMap {
            ForeignFile(try $0.beginning(ForeignFile.beginning), wanted: .table)
        }
        let message =
            if let foreign {
                "this is \(foreign.name), not CSV"
            } else if let table = meant(name) {
                "this would not be read: call it \(table.fileName)"
            } else {
                "this would not be read: no table has this name"
            }
        problems.add(
            FileProblem(file: file?.name ?? name, message: message),
            hint: foreign?.hint(wanted: .table))
        problems.add(
            hint: "The tables are called \(names). To pass over other files, say --ignore-other-files.")
    }
}
