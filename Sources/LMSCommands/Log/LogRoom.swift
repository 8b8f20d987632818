/// What becomes of a log's columns where the terminal is narrow: who did what, to which course, and when, stays longest.
enum LogRoom {
    static let at = ColumnRoom.whole
    static let actor = ColumnRoom.name
    static let via = ColumnRoom.whole.spared(3)
    static let action = ColumnRoom.whole
    static let course = ColumnRoom.text.spared(1)
    static let subject = ColumnRoom.text.spared(2)
}
