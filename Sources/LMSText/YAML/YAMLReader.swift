internal import CYaml

/// Reads YAML as libyaml's events, document by document.
///
/// Nothing is made of the events but texts, lists and fields: a bare `yes` or `1984` is the text that stands there. An alias
/// is refused where it stands, since comparing a key of nested aliases with its neighbours takes hours, and depth is bounded.
/// Directives (`%TAG`) are refused, because libyaml compares each with all before it.
///
/// The bytes must stay where they are as long as it lives.
package final class YAMLReader {
    /// Allocated, since libyaml keeps pointers into it: it must not move.
    private let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    private let parserIsReady: Bool
    private let bytes: UnsafeBufferPointer<UInt8>
    /// What the text is, as messages call it: `a course file`.
    private let kind: String
    /// How deep values may be nested.
    private static let depthLimit = 16
    /// How many values may be read, those before this text counted: so that a large file of tiny values does not take a hundred
    /// times its size. All files of one act share it, since what they cost is paid together.
    package static let valueLimit = 300_000
    /// How many were read, those before this text counted.
    package private(set) var valueCount: Int
    /// How far the text was looked through for directives.
    private var seen = (mark: 0, index: 0)
    private var slips = YAMLSlips()

    /// - Parameters:
    ///   - kind: What the text is, as messages call it: `a course file`.
    ///   - valueCount: How many values were read before this text.
    package init(_ bytes: UnsafeBufferPointer<UInt8>, of kind: String, after valueCount: Int = 0) {
        self.bytes = bytes
        self.kind = kind
        self.valueCount = valueCount
        parser.initialize(to: yaml_parser_t())
        parserIsReady = yaml_parser_initialize(parser) == 1
        guard parserIsReady else { return }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
    }

    deinit {
        if parserIsReady { yaml_parser_delete(parser) }
        parser.deallocate()
    }

    /// The next document; `nil` at the end.
    ///
    /// - Throws: `YAMLError`. Then there is nothing to go on from.
    package func next() throws(YAMLError) -> YAMLNode? {
        while true {
            let event = try nextEvent()
            switch event.kind {
            case YAML_STREAM_END_EVENT, YAML_NO_EVENT: return nil
            case YAML_STREAM_START_EVENT: try refuseDirective(at: 0, column: 0)
            case YAML_DOCUMENT_START_EVENT: continue
            case YAML_DOCUMENT_END_EVENT: try refuseDirective(at: event.end.mark, column: event.end.column)
            default: return try node(event, depth: 0)
            }
        }
    }

    /// What was found since the last call that YAML takes in another way than whoever wrote it.
    package func takeSlips() -> [YAMLError] { slips.take() }

    private func node(_ event: Event, depth: Int) throws(YAMLError) -> YAMLNode {
        guard !event.isShared else {
            throw YAMLError(
                mark: event.mark,
                message:
                    "anchors and aliases (& and *) are not taken here: put quotes around a text that begins with them"
            )
        }
        guard event.isUntagged else {
            throw YAMLError(
                mark: event.mark,
                message: "tags (!) are not taken here: put quotes around a text that begins with one")
        }
        guard depth < Self.depthLimit else {
            throw YAMLError(mark: event.mark, message: "this is nested deeper than \(kind) is")
        }
        valueCount += 1
        guard valueCount <= Self.valueLimit else {
            throw YAMLError(
                mark: event.mark,
                message: "this is too much at once: at most \(Self.valueLimit) values in all files together")
        }
        let content: YAMLNode.Content =
            switch event.kind {
            case YAML_SEQUENCE_START_EVENT: .list(try list(depth: depth + 1))
            case YAML_MAPPING_START_EVENT: .fields(try fields(depth: depth + 1))
            default: event.isPlain && Self.isNothing(event.text) ? .nothing : .text(event.text)
            }
        return YAMLNode(content: content, mark: event.mark)
    }

    private func list(depth: Int) throws(YAMLError) -> [YAMLNode] {
        var items: [YAMLNode] = []
        while true {
            let event = try nextEvent()
            if event.kind == YAML_SEQUENCE_END_EVENT { return items }
            items.append(try node(event, depth: depth))
        }
    }

    private func fields(depth: Int) throws(YAMLError) -> [YAMLField] {
        var fields: [YAMLField] = []
        while true {
            let event = try nextEvent()
            if event.kind == YAML_MAPPING_END_EVENT { return fields }
            let key = try node(event, depth: depth)
            guard case .text(let text) = key.content else {
                throw YAMLError(mark: key.mark, message: "a key must be a word")
            }
            if let slip = YAMLRefusal.blankSlip(in: text) { throw YAMLError(mark: key.mark, message: slip) }
            let value = try node(try nextEvent(), depth: depth)
            fields.append(YAMLField(key: text, mark: key.mark, value: value))
        }
    }

    /// Looks whether what comes next between two documents is a directive: a line that begins with a percent sign,
    /// behind blank lines and comments at most.
    ///
    /// - Parameters:
    ///   - mark: Where libyaml stands.
    ///   - column: From 0.
    private func refuseDirective(at mark: Int, column: Int) throws(YAMLError) {
        var isAtLineStart = column == 0
        var isComment = false
        while seen.mark < mark, seen.index < bytes.count {
            seen.index += 1
            while seen.index < bytes.count, bytes[seen.index] & 0xc0 == 0x80 { seen.index += 1 }
            seen.mark += 1
        }
        while seen.index < bytes.count {
            let next = Lookahead(bytes, seen.index)
            switch next.kind {
            case .lineBreak: (isAtLineStart, isComment) = (true, false)
            case _ where isComment: break
            case .percent where isAtLineStart:
                throw YAMLError(
                    mark: seen.mark,
                    message: "lines that begin with % are not taken here: take this line out")
            case .hash: isComment = true
            // A further end of a document, which libyaml passes over.
            case .blank, .dot: isAtLineStart = false
            case .percent, .other: return
            }
            seen.index += next.width
            seen.mark += 1
        }
    }

    /// Source: https://yaml.org/spec/1.2.2/#103-core-schema
    private static func isNothing(_ text: String) -> Bool {
        ["", "~", "null", "Null", "NULL"].contains { text.isIdentical(to: $0) }
    }

    // MARK: - Events

    /// What is needed of one of libyaml's events.
    private struct Event {
        let kind: yaml_event_type_t
        let mark: Int
        /// Its end: the mark, and the column from 0.
        var end = (mark: 0, column: 0)
        var text = ""
        var isPlain = false
        /// Whether it is an alias, or made to be referred to by one.
        var isShared = false
        var isUntagged = true
    }

    private func nextEvent() throws(YAMLError) -> Event {
        guard parserIsReady else { throw YAMLError(mark: 0, message: "there is no memory to read this") }
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw failure }
        defer { yaml_event_delete(&event) }
        let mark = event.start_mark.index
        switch event.type {
        case YAML_ALIAS_EVENT:
            return Event(kind: event.type, mark: mark, isShared: true)
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE
            let text = String(
                decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
            let end = event.end_mark.index
            return Event(
                kind: event.type, mark: mark,
                text: isPlain ? slips.meant(by: text, at: mark, endingAt: end, in: bytes) : text,
                isPlain: isPlain, isShared: scalar.anchor != nil,
                isUntagged: scalar.tag == nil)
        case YAML_SEQUENCE_START_EVENT:
            let start = event.data.sequence_start
            return Event(
                kind: event.type, mark: mark, isShared: start.anchor != nil, isUntagged: start.tag == nil)
        case YAML_MAPPING_START_EVENT:
            let start = event.data.mapping_start
            return Event(
                kind: event.type, mark: mark, isShared: start.anchor != nil, isUntagged: start.tag == nil)
        default:
            let end = event.end_mark
            return Event(kind: event.type, mark: mark, end: (end.index, end.column))
        }
    }

    private var failure: YAMLError {
        guard parser.pointee.error != YAML_READER_ERROR else {
            // What reads ahead has an offset in bytes, and no mark yet.
            return YAMLRefusal.character(at: parser.pointee.problem_offset, of: bytes, in: kind)
        }
        return YAMLRefusal(
            of: bytes, parser.pointee.problem.map { String(cString: $0) } ?? "",
            at: parser.pointee.problem_mark.index,
            parser.pointee.context.map { String(cString: $0) } ?? "",
            from: parser.pointee.context_mark.index
        ).error
    }
}

/// A character as libyaml sees it between two documents.
private struct Lookahead {
    enum Kind {
        case lineBreak, blank, hash, percent, dot, other
    }

    let kind: Kind
    /// In bytes.
    let width: Int

    init(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) {
        let rest = bytes[index...].prefix(4)
        let following = rest.dropFirst().prefix { $0 & 0xc0 == 0x80 }
        width = 1 + following.count
        let value = rest.prefix(width).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        kind =
            switch value {
            // In UTF-8. The longer ones are the next line, the line separator and the paragraph separator: ends of
            // lines to libyaml.
            case 0x0a, 0x0d, 0xc285, 0xe280a8, 0xe280a9: .lineBreak
            // A second byte order mark is passed over, too.
            case 0x20, 0x09, 0xefbbbf: .blank
            case 0x23: .hash
            case 0x25: .percent
            case 0x2e: .dot
            default: .other
            }
    }
}
