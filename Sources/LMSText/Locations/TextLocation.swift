/// A location in a text, as editors count it.
package struct TextLocation: Sendable, Equatable {
    /// The physical line, from 1.
    package private(set) var line: Int
    /// In Unicode scalars, from 1.
    package private(set) var column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// The location behind some bytes. A line ends with LF, CR, CRLF or CRCRLF.
    ///
    /// - Parameters:
    ///   - bytes: What stands before it, in UTF-8.
    ///   - line: The line in which they begin.
    package init(behind bytes: some RandomAccessCollection<UInt8>, from line: Int = 1) {
        self.line = line
        column = 1
        let (feed, carriageReturn) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            index = bytes.index(after: index)
            if byte == feed || byte == carriageReturn {
                if byte == carriageReturn {
                    let rest = bytes[index...].prefix(2)
                    if rest.first == feed {
                        index = bytes.index(after: index)
                    } else if rest.elementsEqual([carriageReturn, feed]) {
                        index = bytes.index(index, offsetBy: 2)
                    }
                }
                self.line += 1
                column = 1
            } else if byte & 0xc0 != 0x80 {
                column += 1
            }
        }
    }
}
