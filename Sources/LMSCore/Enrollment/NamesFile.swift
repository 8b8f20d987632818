internal import LMSText

/// A class list: usernames, one a line or with separators between them, `#` begins a comment; or a table with a column
/// `username`.
package struct NamesFile: Codable, Sendable {
    /// What the file is called where something is wrong in it.
    package let name: String
    package let text: String

    package init(name: String, text: String) {
        self.name = name
        self.text = text
    }

    /// How many rows of a table are passed over because their `status` is another one than enrolled.
    package var countOfPassedOver: Int {
        var problems = FileProblems()
        // The file is in memory: reading it cannot fail.
        return (try? read(&problems))?.passedOver ?? 0
    }

    /// The names, each with its location. What cannot be a name is noted.
    func usernames(_ problems: inout FileProblems) throws -> [Located<Username>] {
        try read(&problems).names
    }

    private typealias Contents = (names: [Located<Username>], passedOver: Int)

    private func read(_ problems: inout FileProblems) throws -> Contents {
        let found = try table(&problems) ?? (list, 0)
        let names = found.names.filter { name in
            guard !name.value.isValid else { return true }
            problems.add(
                "\(quoted(name.value.rawValue)) cannot be a username", at: name,
                hint: "Write one username a line, or a table whose first line names a column username.")
            return false
        }
        return (names, found.passedOver)
    }

    // MARK: - A table

    private static let username = "username"
    private static let status = "status"

    /// The names of a table: its first line has a cell `username`, and at least one line follows.
    ///
    /// - Returns: `nil` where it is none.
    private func table(_ problems: inout FileProblems) throws -> Contents? {
        let csv = CSVReader(TextFile(name: name, text: text), naming: [Self.username])
        guard try csv.advance(), csv.fault == nil else { return nil }
        let header = (0..<csv.count).map { CSVHeader.name(in: csv.text(of: $0)) }
        guard let nameCell = header.firstIndex(where: { $0.isIdentical(to: Self.username) }) else {
            return nil
        }
        let statusCell = header.firstIndex { $0.isIdentical(to: Self.status) }
        var contents: Contents = ([], 0)
        var hasRows = false
        while try csv.advance() {
            hasRows = true
            if let fault = csv.fault {
                problems.add(fault.message, at: Located((), in: name, at: fault.location), hint: fault.hint)
            } else if let statusCell, statusCell < csv.count,
                EnrollmentStatus(named: csv.text(of: statusCell).trimmed.text.lowercased()) != .enrolled
            {
                contents.passedOver += 1
            } else if nameCell < csv.count, !csv.text(of: nameCell).isBlank {
                let name = Username(csv.text(of: nameCell).trimmed.text)
                contents.names.append(Located(name, in: self.name, at: csv.location(of: nameCell)))
            } else {
                let location = csv.location(of: min(nameCell, csv.count - 1))
                problems.add("there is no username in this row", at: Located((), in: name, at: location))
            }
        }
        return hasRows ? contents : nil
    }

    // MARK: - A list

    /// The names of a list.
    private var list: [Located<Username>] {
        var pieces = ListPieces(file: name)
        var isComment = false
        let scalars = Array(text.unicodeScalars)
        var index = 0
        while index < scalars.count {
            switch scalars[index] {
            case "\n", "\r":
                isComment = false
                let rest = scalars[index...].prefix(3)
                index +=
                    rest.elementsEqual("\r\r\n".unicodeScalars)
                    ? 2 : rest.starts(with: "\r\n".unicodeScalars) ? 1 : 0
                pieces.endLine()
            case "#", ",", ";", "\t":
                if scalars[index] == "#" { isComment = true }
                pieces.end()
            case let scalar: pieces.append(scalar, isPart: !isComment)
            }
            index += 1
        }
        pieces.end()
        return pieces.names
    }
}

/// Gathers what stands between separators.
private struct ListPieces {
    let file: String
    private(set) var names: [Located<Username>] = []
    private var piece = ""
    /// Where the piece begins, once something of it shows.
    private var start = 0
    private var line = 1
    private var column = 1

    init(file: String) { self.file = file }

    mutating func append(_ scalar: Unicode.Scalar, isPart: Bool) {
        if isPart, !piece.isEmpty || !(scalar.isBlank || scalar.isInvisible) {
            if piece.isEmpty { start = column }
            piece.unicodeScalars.append(scalar)
        }
        column += 1
    }

    /// Ends a piece at a separator.
    mutating func end() {
        var text = piece.trimmed
        if text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") {
            text = String(text.dropFirst().dropLast()).trimmed
        }
        if !text.isEmpty {
            names.append(Located(Username(text), in: file, at: TextLocation(line: line, column: start)))
        }
        piece = ""
        column += 1
    }

    mutating func endLine() {
        end()
        line += 1
        column = 1
    }
}

/// A text that is in memory already, as a file.
private struct TextFile: BulkFile {
    let name: String
    private let bytes: [UInt8]

    init(name: String, text: String) {
        self.name = name
        bytes = Array(text.utf8)
    }

    var size: Int { bytes.count }
    var hasChanged: Bool { false }

    func read(into buffer: UnsafeMutableRawBufferPointer, from offset: Int) -> Int {
        let piece = bytes.dropFirst(offset).prefix(buffer.count)
        buffer.copyBytes(from: piece)
        return piece.count
    }
}
