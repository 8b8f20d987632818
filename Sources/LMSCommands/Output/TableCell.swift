internal import LMSText

/// A value in a table, made visible.
struct TableCell {
    let text: String
    /// What must be seen of it where it is cut, in Unicode scalars from the beginning.
    private let focus: Int
    let width: Int

    init(_ text: String) {
        self.init(text, focus: 0)
    }

    /// - Parameter zone: As `Cell.words` has it.
    init(_ cell: Cell, in zone: () -> Zone?) {
        switch cell {
        case .excerpt(let text, let offset):
            let scalars = text.unicodeScalars
            let split =
                scalars.index(scalars.startIndex, offsetBy: offset, limitedBy: scalars.endIndex)
                ?? scalars.endIndex
            let before = VisibleText.cell(String(text[..<split]))
            self.init(
                before + VisibleText.cell(String(text[split...])), focus: before.unicodeScalars.count)
        case .null, .absent, .text, .word, .integer, .bytes, .boolean, .mark, .instant, .list:
            self.init(VisibleText.cell(cell.words(in: zone)), focus: 0)
        }
    }

    private init(_ text: String, focus: Int) {
        self.text = text
        self.focus = focus
        width = DisplayWidth.of(text)
    }

    func cut(to width: Int) -> TableCell {
        self.width <= width ? self : TableCell(DisplayWidth.cut(text, to: width, around: focus))
    }

    /// The text; where it has letters that are written from the right, kept from reordering the cells
    /// beside it. Source: Unicode Standard Annex 9, isolates: FSI and PDI.
    ///
    /// Without them an Arabic title swaps the columns behind it. They are in `--format table` alone, and are the only such
    /// characters that reach a terminal: those that users wrote are written out.
    var isolated: String {
        text.unicodeScalars.contains(where: Self.isWrittenFromTheRight) ? "\u{2068}\(text)\u{2069}" : text
    }

    /// The blocks of Hebrew, Arabic and their kin. Source: Unicode 17, DerivedBidiClass.txt, where also
    /// what is not assigned in them counts as written from the right.
    private static func isWrittenFromTheRight(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x590...0x8ff, 0xfb1d...0xfdff, 0xfe70...0xfeff, 0x10800...0x10fff, 0x1e800...0x1efff: true
        default: false
        }
    }
}
