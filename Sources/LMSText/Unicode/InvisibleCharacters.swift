extension Unicode.Scalar {
    /// Whether a scalar steers the terminal or the reader instead of being read: control characters,
    /// bidirectional controls, line and paragraph separators, the byte order mark.
    package var isInvisibleControl: Bool {
        switch value {
        case 0...0x1f, 0x7f...0x9f: true
        case 0x061c, 0x200e, 0x200f, 0x202a...0x202e, 0x2066...0x2069: true
        case 0x2028, 0x2029, 0xfeff: true
        default: false
        }
    }

    /// Whether a scalar shows as a gap: white space of every kind, the Braille cell without dots, the
    /// fillers that are as wide as a letter.
    package var isBlank: Bool {
        switch value {
        case 0x2800, 0x3164, 0xffa0: true
        default: properties.isWhitespace
        }
    }

    /// Whether a scalar shows nothing by itself: joiners, soft hyphens, variation selectors, fillers, tags.
    /// Control characters are none of them: they are never passed over.
    package var isInvisible: Bool {
        switch value {
        // Annotations, the place of an object that is not there, joiners of Tifinagh and Brahmi, the fillers of
        // Khitan and of musical notes, what arranges hieroglyphs.
        case 0xfff9...0xfffc, 0x2d7f, 0x1107f, 0x16fe4, 0x1d159, 0x13430...0x13440: true
        // Most of Latin, where the search in the table would be in vain.
        case 0...0xac, 0xae...0x2ff: false
        default: properties.isDefaultIgnorableCodePoint
        }
    }

    /// Whether somebody who looks sees something, be it a sign that a character is broken.
    fileprivate var isVisible: Bool {
        !isBlank && !isInvisible
    }

    /// Whether a scalar stands for nothing that was written: the sign for broken characters, and those that will never
    /// be characters.
    private var isNoCharacter: Bool {
        value == 0xfffd || properties.isNoncharacterCodePoint
    }

    /// Whether it is one of the invisible letters that spell the region of a flag. Source: UTS #51, 1.4.6.
    package var isTag: Bool {
        (0xe0000...0xe007f).contains(value)
    }

    /// Whether it picks the form of the character before it. Source: Unicode, chapter 23.4.
    private var isVariationSelector: Bool {
        switch value {
        case 0xfe00...0xfe0f, 0xe0100...0xe01ef, 0x180b...0x180d, 0x180f: true
        default: false
        }
    }

    /// Whether somebody who looks at a text may overlook it, or take it for another one.
    package var mustBeSpelledOut: Bool {
        isInvisibleControl || isInvisible || isBlank && self != " "
    }

    /// Whether a name or a text means something to somebody who looks at it.
    fileprivate var isReadable: Bool {
        isVisible && !isNoCharacter
    }

    /// Four or more hexadecimal digits, as in `U+001B`.
    package var codePoint: String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// Where the variation selector behind this scalar belongs to it. Behind ASCII it changes nothing that is seen.
    fileprivate func takes(_ selector: Unicode.Scalar) -> Bool {
        !isASCII && selector.isVariationSelector
    }
}

extension String {
    /// The text without blanks of every kind and invisible characters at its ends. What belongs to the last
    /// character, the selector of an emoji or the tags of a flag, stays; control characters other than white
    /// space stay.
    package var trimmed: String {
        if let first = utf8.first, let last = utf8.last, (0x21...0x7e).contains(first),
            (0x21...0x7e).contains(last)
        {
            return self
        }
        let scalars = unicodeScalars
        guard let first = scalars.firstIndex(where: \.isVisible),
            let last = scalars.lastIndex(where: \.isVisible)
        else { return "" }
        return String(scalars[first..<scalars.endOfCharacter(at: last)])
    }

    /// Whether a text has anything that somebody who looks at it could read.
    package var isReadable: Bool {
        // Most begin with a character of ASCII that shows.
        if let first = utf8.first, (0x21...0x7e).contains(first) { return true }
        return unicodeScalars.contains(where: \.isReadable)
    }

    /// The first scalar that steers the terminal or the reader.
    package var firstInvisibleControl: Unicode.Scalar? {
        // Most texts have nothing but ASCII that shows, and spaces.
        if utf8.allSatisfy({ (0x20...0x7e).contains($0) }) { return nil }
        return unicodeScalars.first(where: \.isInvisibleControl)
    }

    /// The text with invisible characters, and blanks other than the space, as `\u{200b}`.
    package var spelledOut: String {
        guard unicodeScalars.contains(where: \.mustBeSpelledOut) else { return self }
        return unicodeScalars.reduce(into: "") { text, scalar in
            if scalar.mustBeSpelledOut {
                text += "\\u{\(String(scalar.value, radix: 16))}"
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
    }

    /// The first tag that does not spell the region of a flag: such tags carry a text that nobody sees.
    package var hiddenTag: Unicode.Scalar? {
        // All tags begin with this byte.
        guard utf8.contains(0xf3) else { return nil }
        let scalars = unicodeScalars
        var index = scalars.startIndex
        while index < scalars.endIndex {
            if scalars[index].isTag { return scalars[index] }
            index = scalars.endOfFlag(at: index) ?? scalars.index(after: index)
        }
        return nil
    }

    /// What two texts share that look the same: without invisible characters, and each run of blanks one space. The
    /// tags of a flag stay, since they are seen.
    package var seen: String {
        if isSeenAsItIs { return self }
        let scalars = unicodeScalars
        var seen = String.UnicodeScalarView()
        var isAfterBlank = false
        var index = scalars.startIndex
        while index < scalars.endIndex {
            let end = scalars.endOfFlag(at: index) ?? scalars.index(after: index)
            let scalar = scalars[index]
            if scalar.isBlank {
                isAfterBlank = true
            } else if !scalar.isInvisible {
                if isAfterBlank, !seen.isEmpty { seen.append(" ") }
                isAfterBlank = false
                seen.append(contentsOf: scalars[index..<end])
            }
            index = end
        }
        return String(seen)
    }

    /// Whether it is all ASCII with single spaces between words, as most titles are: what is seen of it is itself.
    private var isSeenAsItIs: Bool {
        var last = UInt8(ascii: " ")
        for byte in utf8 {
            // White space besides the space, and what is beyond ASCII.
            if byte >= 0x80 || (9...13).contains(byte) { return false }
            if byte == UInt8(ascii: " "), last == byte { return false }
            last = byte
        }
        return last != UInt8(ascii: " ")
    }
}

extension BidirectionalCollection<Unicode.Scalar> {
    /// Where the character ends whose last visible scalar is at `index`.
    fileprivate func endOfCharacter(at index: Index) -> Index {
        if let end = endOfFlag(at: index) { return end }
        let next = self.index(after: index)
        guard next < endIndex, self[index].takes(self[next]) else { return next }
        return self.index(after: next)
    }

    /// Where the flag of a region ends that begins at `index`: a black flag, three to six letters or digits as tags,
    /// and the tag that ends them. Source: UTS #51, Annex C.
    fileprivate func endOfFlag(at index: Index) -> Index? {
        guard self[index].value == 0x1f3f4 else { return nil }
        var count = 0
        var next = self.index(after: index)
        while next < endIndex, count <= 6 {
            switch self[next].value {
            case 0xe0030...0xe0039, 0xe0061...0xe007a: count += 1
            case 0xe007f: return (3...6).contains(count) ? self.index(after: next) : nil
            default: return nil
            }
            next = self.index(after: next)
        }
        return nil
    }
}
