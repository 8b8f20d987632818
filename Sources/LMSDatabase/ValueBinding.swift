/// Takes the values of a statement or of a row, which are numbered from 1.
package protocol ValueBinding: AnyObject {
    func bind(_ integer: Int64, at index: Int)

    /// Binds a text, which is copied: valid UTF-8 without NUL.
    func bind(_ text: UnsafeBufferPointer<UInt8>, at index: Int)

    func bindNull(at index: Int)
}

extension ValueBinding {
    package func bind(_ text: String, at index: Int) {
        var text = text
        text.withUTF8 { bind($0, at: index) }
    }

    package func bind(orNull text: String?, at index: Int) {
        if let text { bind(text, at: index) } else { bindNull(at: index) }
    }

    package func bind(orNull integer: Int64?, at index: Int) {
        if let integer { bind(integer, at: index) } else { bindNull(at: index) }
    }
}
