internal import LMSText

/// Tells what a spreadsheet has done to a value that is refused.
enum SpreadsheetTrace {
    /// What to do about it; `nil` where nothing shows.
    static func hint(for cell: UnsafeBufferPointer<UInt8>, of column: BulkColumn) -> String? {
        switch column {
        case .releaseDate: return "In a spreadsheet, give the column of dates the format Text or YYYY-MM-DD."
        case .dateEntry, .keyExpires: return "In a spreadsheet, give the column of dates the format Text."
        default: break
        }
        guard cell.count <= 64 else { return nil }
        let text = cell.text
        if errors.contains(text) {
            return "What begins with # is an error in a cell of the spreadsheet: mend it there."
        }
        if isRounded(text) {
            return
                "A spreadsheet has made a rounded number of it: give the column the format Text, and write it again."
        }
        return nil
    }

    /// As Excel and LibreOffice write them into CSV.
    private static let errors: Set<String> = [
        "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!",
    ]

    /// Whether it is a number like `1.23457E+09` or `1,23E+15`.
    private static func isRounded(_ text: String) -> Bool {
        let parts = text.lowercased().split(separator: "e", omittingEmptySubsequences: false)
        guard parts.count == 2, let mantissa = parts.first, let exponent = parts.last else { return false }
        let digits = mantissa.utf8.filter(isASCIIDigit).count
        return digits > 0
            && mantissa.utf8.allSatisfy {
                isASCIIDigit($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",")
            }
            && exponent.hasPrefix("+") && exponent.dropFirst().utf8.allSatisfy(isASCIIDigit)
    }
}
