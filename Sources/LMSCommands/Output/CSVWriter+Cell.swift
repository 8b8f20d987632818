internal import LMSText

extension CSVWriter {
    /// Adds a cell in which what could steer a terminal is made visible. What users wrote is kept from being run by a
    /// spreadsheet; our own words, numbers and signs cannot be.
    mutating func add(_ cell: Cell) {
        let isDefused =
            switch cell {
            case .word, .integer, .bytes, .boolean, .mark, .instant: false
            case .null, .absent, .text, .excerpt, .list: CSVDefusing.isNeeded(cell.text.utf8)
            }
        add(VisibleText.line(cell.text), isDefused: isDefused)
    }
}
