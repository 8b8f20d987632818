import LMSCore
import LMSText
import Testing

@testable import LMSCommands

/// What a table shows where there is not room for all.
@Suite struct TableTests {
    private typealias Heading = (name: String, room: ColumnRoom)

    private static let course: [Heading] = [
        ("id", .whole.spared(3)), ("code", .name), ("title", .text), ("date", .whole.spared(1)),
        ("policy", .whole.spared(4)),
    ]

    private func cells(_ texts: String...) -> [TableCell] { texts.map { TableCell($0) } }

    private func lines(_ headings: [Heading], _ rows: [[TableCell]], _ width: Int?) -> [String] {
        let layout = TableLayout(columns: headings, rows: rows, width: width)
        return [layout.header] + rows.map(layout.line)
    }

    private var biology: [TableCell] {
        cells(
            "7", "introduction-to-cells", "An introduction to the cells of plants", "2027-01-11", "approval")
    }

    @Test func `room is taken from the text first`() {
        let shown = lines(Self.course, [biology], 80)
        #expect(shown[0] == "ID  CODE                   TITLE                            DATE        POLICY")
        #expect(
            shown[1] == "7   introduction-to-cells  An introduction to the cells o…  2027-01-11  approval")
    }

    @Test func `what is least needed is left out`() {
        let layout = TableLayout(columns: Self.course, rows: [biology], width: 60)
        #expect(layout.leftOut == ["policy"])
        #expect(layout.line(biology) == "7   introduction-to-cells  An introduction to t…  2027-01-11")
    }

    @Test func `names and dates are whole from sixty columns on`() {
        for width in 60...130 {
            for line in lines(Self.course, [biology], width) {
                #expect(DisplayWidth.of(line) <= width, "\(width): \(line)")
            }
            let line = lines(Self.course, [biology], width)[1]
            #expect(line.contains("introduction-to-cells"), "\(width): \(line)")
            #expect(!line.contains("2027") || line.contains("2027-01-11"), "\(width): \(line)")
        }
    }

    @Test func `nothing is wider than a narrow terminal`() {
        for width in 20..<60 {
            for line in lines(Self.course, [biology], width) {
                #expect(DisplayWidth.of(line) <= width, "\(width): \(line)")
            }
        }
    }

    @Test func `a name of more than thirty signs is cut`() {
        let row = cells("7", String(repeating: "c", count: 50), "Cells", "2027-01-11", "open")
        let line = lines(Self.course, [row], 61)[1]
        #expect(line.contains("  " + String(repeating: "c", count: 29) + "…  "), "\(line)")
    }

    @Test func `empty columns go first`() {
        let row = cells("7", "introduction-to-cells", "An introduction to the cells", "", "approval")
        let layout = TableLayout(columns: Self.course, rows: [row], width: 56)
        #expect(!layout.header.contains("DATE") && layout.header.contains("POLICY"))
        #expect(layout.leftOut.isEmpty, "nothing is lost with an empty column")
    }

    @Test func `a later row that is longer pushes`() {
        let layout = TableLayout(columns: Self.course, rows: [biology], width: 80)
        let later = cells("1000001", "x", "y", "2027-01-11", "open")
        #expect(layout.line(later).hasPrefix("1000001  x"))
        let free = TableLayout(columns: Self.course, rows: [cells("7", "x", "y", "", "")], width: nil)
        #expect(free.line(biology).contains("An introduction to the cells of plants"))
    }

    @Test func `lines have no spaces at their ends`() {
        let headings: [Heading] = [("a", .text), ("b", .text)]
        let rows = [cells("x", ""), cells("", "y"), cells("", "")]
        #expect(lines(headings, rows, nil) == ["A  B", "x", "   y", ""])
    }

    @Test func `text from the right is isolated in its cell`() {
        let headings: [Heading] = [("title", .text), ("position", .whole)]
        let rows = [cells("ملايو", "4"), cells("שיעור א", "5"), cells("Melayu", "6")]
        let shown = lines(headings, rows, 80)
        #expect(shown[1] == "\u{2068}ملايو\u{2069}    4")
        #expect(shown[2] == "\u{2068}שיעור א\u{2069}  5")
        #expect(shown[3] == "Melayu   6")
    }

    @Test func `an excerpt keeps its place where controls are made visible`() {
        let text = "\u{1b}one two three four five six seven eight nine"
        let cell = TableCell(.excerpt(text, around: text.unicodeScalars.count - "eight nine".count)) { nil }
        #expect(cell.cut(to: 20).text.contains("eight"))
        #expect(cell.text.hasPrefix("\\u{1b}one"))
    }

    @Test func `no text is cut beside an empty column`() {
        let title = String(repeating: "t", count: 40)
        let row = cells("7", "bio", title, "", "open")
        let layout = TableLayout(columns: Self.course, rows: [row], width: 60)
        #expect(!layout.header.contains("DATE") && layout.line(row).contains(title))
    }

    @Test func `every table has a column that stays`() {
        func check<Record: Printable>(_: Record.Type) {
            #expect(Record.columns.contains { $0.room.turn == 0 }, "\(Record.self)")
        }
        check(Course.self)
        check(Material.self)
        check(RosterEntry.self)
        check(Membership.self)
        check(FoundText.self)
        check(LogEntry.self)
        check(OperatorLogEntry.self)
        check(Session.self)
        check(ListedUser.self)
        check(KnownTarget.self)
        check(PlanLine.self)
    }
}
