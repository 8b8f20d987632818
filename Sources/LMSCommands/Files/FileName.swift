internal import SystemPackage

/// Tells the name of a file from a title.
enum FileName {
    private static let endings = [
        ".md", ".markdown", ".txt", ".text", ".rst", ".html", ".pdf", ".docx", ".odt",
    ]

    /// Whether a word is the name of a file with a text: one that is there, or one that ends as such do.
    static func isText(_ word: String) -> Bool {
        let name = word.lowercased()
        if endings.contains(where: { name.hasSuffix($0) && name.count > $0.count }) { return true }
        return word.contains(".") && (try? Stat(word).type) == .regular
    }
}
