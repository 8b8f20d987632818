/// Full-text search, which each engine has in its own way.
///
/// An index is a table with an id and two texts, `heading` and `body`, which is written like any other. The
/// texts are words that were folded before, with a space between them, so that all engines find alike.
package struct FullText: Sendable {
    /// The name of the id's column in an index.
    package let id: SQL
    /// Statements that make the functions of indexes, in their present form. They may be run again where these are.
    package let functions: [SQL]
    /// Statements that make an index.
    package let create: @Sendable (_ index: SQL) -> [SQL]
    /// Statements that make what `firstWord` reads, for an index that is there.
    package let createVocabulary: @Sendable (_ index: SQL) -> [SQL]
    /// A query for the first word of an index that is, by its bytes, not before the given one. `nil` where the engine finds
    /// beginnings of words as fast as words.
    package let firstWord: (@Sendable (_ index: SQL, _ from: String) -> SQL)?
    /// Statements for an index before very many rows are written, and after them.
    package let bulk: @Sendable (_ index: SQL) -> (before: [SQL], after: [SQL])
    /// The condition for those rows of an index that a query finds.
    package let matches: @Sendable (_ index: SQL, _ query: FullTextQuery) -> SQL
}

/// What rows must have to be found. Words are data: nothing in them is syntax.
package indirect enum FullTextQuery: Sendable {
    /// Words that stand beside each other.
    case phrase([String], ending: Ending, in: Columns)
    case all([FullTextQuery])
    case any([FullTextQuery])
    case butNot(FullTextQuery, FullTextQuery)

    /// How the last word of a phrase is compared.
    package enum Ending: Sendable {
        case wholeWord
        case beginning
    }

    /// Where a phrase may stand.
    package enum Columns: Sendable {
        case heading
        case headingOrBody
    }
}

extension FullText {
    /// SQLite's FTS5. Source: https://www.sqlite.org/fts5.html
    ///
    /// The tokenizer takes all but ASCII for letters, so it cuts at our spaces only. There is no trigger that
    /// keeps the index in step: with trusted_schema off, none may write it.
    static let sqlite = FullText(
        id: "rowid",
        functions: [],
        create: { index in
            [
                """
                CREATE VIRTUAL TABLE \(index) USING fts5(
                    heading, body, tokenize = 'ascii', prefix = '1 2 3', columnsize = 0)
                """
            ]
        },
        createVocabulary: { index in
            ["CREATE VIRTUAL TABLE \(index)_words USING fts5vocab(\(index), instance)"]
        },
        // Without ORDER BY, for which SQLite would gather all words first: they come in their order anyway.
        firstWord: { index, from in "SELECT term FROM \(index)_words WHERE term >= \(from) LIMIT 1" },
        // FTS5 merges its segments in the transactions that follow instead, which makes this one twice as fast. To gather more
        // in memory first (`hashsize`) saves a merge, and takes as long: 4 MiB no longer fit the processor's cache.
        bulk: { index in
            (
                before: ["INSERT INTO \(index) (\(index), rank) VALUES ('automerge', 0)"],
                after: ["INSERT INTO \(index) (\(index), rank) VALUES ('automerge', 4)"]
            )
        },
        matches: { index, query in "\(index) MATCH \(expression(query))" })

    private static func expression(_ query: FullTextQuery) -> String {
        switch query {
        case .phrase(let words, let ending, let columns):
            let text = words.joined(separator: " ").split(separator: "\"", omittingEmptySubsequences: false)
                .joined(separator: "\"\"")
            return (columns == .heading ? "heading : " : "") + "\"\(text)\""
                + (ending == .beginning ? " *" : "")
        case .all(let queries): return queries.map { "(\(expression($0)))" }.joined(separator: " AND ")
        case .any(let queries): return queries.map { "(\(expression($0)))" }.joined(separator: " OR ")
        case .butNot(let query, let other): return "(\(expression(query))) NOT (\(expression(other)))"
        }
    }
}
