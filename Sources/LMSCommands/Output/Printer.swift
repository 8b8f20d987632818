internal import LMSCore
internal import LMSText

/// Prints what commands answer. The only place that knows the formats.
///
/// `@unchecked`: used by one command at a time, on the thread that waits for it.
final class Printer: @unchecked Sendable {
    private let console: Console
    private let format: OutputFormat
    private let recordText: RecordText
    private let isDryRun: Bool
    private let isQuiet: Bool
    private let output: Output
    /// What everybody is told behind the result.
    private var notices: [String] = []
    /// What a person is told behind the result.
    private var remarks: [String] = []
    /// The columns of a table that the terminal has no room for.
    private var leftOut: [String] = []
    /// The zone in which somebody at the terminal reads instants, found with the first of them; `nil` where instants stay as programs
    /// read them.
    private lazy var readerZone = console.outputIsTerminal ? ZoneFiles(console.environment).readerZone() : nil
    /// Whether the format was asked for, not guessed.
    let isFormatChosen: Bool

    init(_ console: Console, options: GlobalOptions, isDryRun: Bool) {
        self.console = console
        self.isDryRun = isDryRun
        isQuiet = options.quiet
        recordText = RecordText(dialect: options.excel ? .excel : .plain, tsvHasHeader: options.header)
        isFormatChosen = options.chosenFormat != nil
        format = options.chosenFormat ?? (console.outputIsTerminal ? .table : .tsv)
        output = Output(
            descriptor: console.streams.output,
            pager: format == .table ? Pager(console, isWanted: !options.noPager) : nil,
            lines: format == .table ? console.size.rows - 1 : 0)
    }

    /// Writes what is left, and says where nothing was changed.
    func finish() throws {
        try output.finish()
        if !leftOut.isEmpty, console.errorIsTerminal {
            console.note("No room for \(leftOut.joined(separator: ", ")): widen the window, or say --json.")
        }
        for notice in notices { console.note(notice) }
        if console.errorIsTerminal, !isQuiet { for remark in remarks { console.note(remark) } }
        if isDryRun && !isQuiet { console.note("Dry run: nothing was changed.") }
    }

    /// Tells everybody, behind the result, what must not be missed.
    func notice(_ text: String) {
        if !isDryRun { notices.append(text) }
    }

    /// Tells a person at the terminal, behind the result, what it means or what comes next. A program is told nothing.
    func remark(_ text: String) {
        if !isDryRun { remarks.append(text) }
    }

    /// Tells people and programs that keep what is said what can be done next, at once.
    func advise(_ text: String) {
        if !isQuiet { console.note(text) }
    }

    /// Waits for the pager after a failure, so that the message comes when the terminal is free.
    func abandon() {
        output.abandon()
    }

    // MARK: - One thing

    /// Prints one record with everything there is to it.
    func record<Record: Printable>(_ record: Record) throws {
        try single(record, Record.columns.filter { format != .table || $0.isInTables })
    }

    /// Prints one record that was written.
    func written<Record: Printable>(_ written: Written<Record>) throws {
        try single(written, writtenColumns())
    }

    private func single<Record: Printable>(_ record: Record, _ columns: [Column<Record>]) throws {
        switch format {
        case .json: try output.write(recordText.json(record, columns) + "\n")
        case .table: try vertical(record, columns)
        case .tsv: try output.write(recordText.tsvHeader(columns) + recordText.tsv(record, columns))
        case .csv: try output.write(recordText.csvHeader(columns) + recordText.csv(record, columns))
        case .ids: try identity(of: record)
        }
    }

    /// A line for each column, its name in front.
    private func vertical<Record>(_ record: Record, _ columns: [Column<Record>]) throws {
        let width = columns.map(\.name.count).max() ?? 0
        let room = console.outputIsTerminal ? max(20, console.size.columns - width - 2) : Int.max
        let indent = String(repeating: " ", count: width + 2)
        for column in columns {
            let text = column.cell(record).words { readerZone }
            let value = VisibleText.paragraphs(text.hasSuffix("\n") ? String(text.dropLast()) : text)
            var name = strong(column.name) + String(repeating: " ", count: width + 2 - column.name.count)
            if value.isEmpty { name = strong(column.name) }
            let lines = DisplayWidth.wrap(value, to: room)
                .split(separator: "\n", omittingEmptySubsequences: false)
                .enumerated()
                .map { $0 == 0 ? name + $1 : $1.isEmpty ? "" : indent + $1 }
            try output.write(lines.joined(separator: "\n") + "\n")
        }
    }

    // MARK: - Many things

    /// Prints a list page by page, as it comes.
    ///
    /// - Parameters:
    ///   - empty: What to say where there is nothing.
    ///   - next: Fetches the page after a cursor.
    ///   - underHeadings: Whether tables say the records' headings.
    func list<Item: Printable>(
        orSay empty: @autoclosure () async -> EmptyList?, underHeadings: Bool = true,
        _ next: (Cursor?) async throws -> Page<Item>
    ) async throws {
        try await list(first: nil, orSay: await empty(), as: \.self, underHeadings: underHeadings) { after, _ in
            try await next(after)
        }
    }

    /// - Parameter record: How a row is printed.
    func list<Item, Record: Printable>(
        orSay empty: @autoclosure () async -> EmptyList?, as record: (Item) -> Record,
        _ next: (Cursor?) async throws -> Page<Item>
    ) async throws {
        try await list(first: nil, orSay: await empty(), as: record) { after, _ in try await next(after) }
    }

    /// Prints the beginning of a list, page by page.
    ///
    /// - Parameters:
    ///   - limit: How many records at most; all where nothing is said.
    ///   - empty: What to say where there is nothing.
    ///   - record: How a row is printed.
    ///   - next: Fetches the page after a cursor, of so many records at most.
    func list<Item, Record: Printable>(
        first limit: Int?, orSay empty: @autoclosure () async -> EmptyList?, as record: (Item) -> Record,
        underHeadings: Bool = true, _ next: (Cursor?, Int) async throws -> Page<Item>
    ) async throws {
        var lines = ListLines<Record>(printer: self, columns: listColumns(), underHeadings: underHeadings)
        var cursor: Cursor?
        var rest = limit ?? .max
        repeat {
            let page = try await next(cursor, min(rest, CommandContext.pageSize))
            try lines.add(page.items.map(record))
            rest -= page.items.count
            cursor = page.next
        } while cursor != nil && rest > 0
        try lines.end()
        if lines.isEmpty, talksOfEmptyLists { say(await empty()) }
    }

    /// Whether somebody looks at the empty list: a program that reads it needs no words.
    private var talksOfEmptyLists: Bool { format == .table && console.errorIsTerminal }

    private func say(_ empty: EmptyList?) {
        guard let empty else { return }
        console.note(empty.sentence)
        if let next = empty.next { console.note(next) }
    }

    /// Prints records that one act wrote.
    func written<Record: Printable>(_ changes: [Written<Record>], orSay empty: EmptyList? = nil) throws {
        var lines = ListLines(printer: self, columns: writtenColumns() as [Column<Written<Record>>])
        try lines.add(changes)
        try lines.end()
        if changes.isEmpty, talksOfEmptyLists { say(empty) }
    }

    /// Prints records that are all there already.
    func list<Record: Printable>(_ records: [Record], orSay empty: EmptyList? = nil) throws {
        var lines = ListLines(printer: self, columns: listColumns() as [Column<Record>])
        try lines.add(records)
        try lines.end()
        if records.isEmpty, talksOfEmptyLists { say(empty) }
    }

    private func listColumns<Record: Printable>() -> [Column<Record>] {
        switch format {
        case .json: Record.columns
        case .table: Record.tableColumns.filter { !$0.isExtra && $0.isInTables }
        case .tsv, .csv, .ids: Record.columns.filter { !$0.isExtra }
        }
    }

    /// The lines of one list.
    private struct ListLines<Record> {
        let printer: Printer
        let columns: [Column<Record>]
        private var layout: TableLayout?
        private var count = 0
        private let underHeadings: Bool
        private var heading = ""

        var isEmpty: Bool { count == 0 }

        init(printer: Printer, columns: [Column<Record>], underHeadings: Bool = true) {
            self.printer = printer
            self.columns = columns
            self.underHeadings = underHeadings
        }

        mutating func add(_ records: [Record]) throws where Record: Printable {
            let output = printer.output
            if printer.format == .table { return try addToTable(records) }
            if count == 0, !records.isEmpty { try printer.listHeader(columns) }
            for record in records {
                switch printer.format {
                case .json:
                    try output.write((count == 0 ? "[" : ",\n ") + printer.recordText.json(record, columns))
                case .tsv: try output.write(printer.recordText.tsv(record, columns))
                case .csv: try output.write(printer.recordText.csv(record, columns))
                case .ids, .table: try printer.identity(of: record)
                }
                count += 1
            }
        }

        private mutating func addToTable(_ records: [Record]) throws where Record: Printable {
            guard !records.isEmpty else { return }
            let rows = records.map { record in columns.map { TableCell($0.cell(record)) { printer.readerZone } } }
            if layout == nil {
                let layout = TableLayout(
                    columns: columns.map { ($0.name, $0.room) }, rows: rows,
                    width: printer.console.outputIsTerminal ? printer.console.size.columns : nil)
                try printer.output.write(printer.strong(layout.header) + "\n")
                printer.leftOut = layout.leftOut
                self.layout = layout
            }
            for (record, row) in zip(records, rows) {
                if underHeadings { try beginPart(record.heading ?? "") }
                try printer.output.write((layout?.line(row) ?? "") + "\n")
                count += 1
            }
        }

        /// Writes a heading wherever it changes; rows without any behind others come after an empty line.
        private mutating func beginPart(_ next: String) throws {
            guard next != heading else { return }
            let line = next.isEmpty ? "" : printer.strong(printer.fitted(next))
            try printer.output.write((count == 0 || next.isEmpty ? "" : "\n") + line + "\n")
            heading = next
        }

        func end() throws {
            switch printer.format {
            case .json: try printer.output.write(count == 0 ? "[]\n" : "]\n")
            case .csv where count == 0, .tsv where count == 0: try printer.listHeader(columns)
            case .table, .tsv, .csv, .ids: break
            }
        }
    }

    // MARK: - Text

    /// Prints a text: wrapped for a reader, plain for a program.
    func text(_ text: String) throws {
        var visible = VisibleText.paragraphs(text)
        if console.outputIsTerminal { visible = DisplayWidth.wrap(visible, to: console.size.columns) }
        try output.write(visible.hasSuffix("\n") || visible.isEmpty ? visible : visible + "\n")
    }

    /// Prints a text byte for byte; on a terminal its controls are made visible all the same.
    func rawText(_ text: String) throws {
        try output.write(console.outputIsTerminal ? VisibleText.paragraphs(text) : text)
    }

    /// Prints a record that is no table: JSON, whatever the format.
    func json(_ record: some Encodable) throws {
        try rawText(String(decoding: try JSONOutput.bytes(record), as: UTF8.self) + "\n")
    }

    /// Prints a line as it is, for values of ours that are safe.
    func line(_ text: String) throws {
        try output.write(VisibleText.line(text) + "\n")
    }

    /// The names of a list's columns, in the formats that have a line for them.
    private func listHeader<Record>(_ columns: [Column<Record>]) throws {
        switch format {
        case .csv: try output.write(recordText.csvHeader(columns))
        case .tsv: try output.write(recordText.tsvHeader(columns))
        case .table, .json, .ids: break
        }
    }

    private func identity(of record: some Printable) throws {
        if let identity = record.identity { try output.write(VisibleText.line(identity) + "\n") }
    }

    /// A text in one line of the terminal.
    private func fitted(_ text: String) -> String {
        let cell = TableCell(.text(text)) { nil }
        return (console.outputIsTerminal ? cell.cut(to: console.size.columns) : cell).isolated
    }

    private func strong(_ text: String) -> String {
        console.hasColor && console.outputIsTerminal ? "\u{1b}[1m\(text)\u{1b}[0m" : text
    }

    /// The columns of a written record in the format: its own, what became of it, and whether that was a
    /// dry run.
    private func writtenColumns<Record: Printable>() -> [Column<Written<Record>>] {
        let columns = Written<Record>.columns
        let outcome = Column<Written<Record>>("outcome", .whole.spared(1)) { .word($0.outcome.rawValue) }
        let dryRun = Column<Written<Record>>("dry_run") { $0.isDryRun ? .boolean(true) : .absent }
        switch format {
        case .json: return columns + [outcome, dryRun]
        case .table: return columns.filter { !$0.isExtra && $0.isInTables } + [outcome]
        case .tsv, .csv, .ids:
            return columns.filter { !$0.isExtra } + (Record.alwaysShowsOutcome ? [outcome] : [])
        }
    }
}
