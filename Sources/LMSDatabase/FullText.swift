/// Full-text search, which each engine has in its own way.
///
/// An index is a table with an id and two texts, `heading` and `body`, which is written like any other. The
/// texts are words that were folded before, with a space between them, so that all engines find alike.
package struct FullText: Sendable {
    /// What the index calls a row's id.
    package let id: SQL
    /// What indexes need beside their tables, as it is today. It may be said again to a database that has it.
    package let functions: [SQL]
    /// Makes an index.
    package let create: @Sendable (_ index: SQL) -> [SQL]
    /// Makes what `firstWord` reads, for an index that is there.
    package let createVocabulary: @Sendable (_ index: SQL) -> [SQL]
    /// Asks for the first word of an index that is not before another one, by its bytes. `nil` where the engine finds
    /// beginnings as fast as words.
    package let firstWord: (@Sendable (_ index: SQL, _ from: String) -> SQL)?
    /// What is said to an index before very many rows are written, and behind them.
    package let bulk: @Sendable (_ index: SQL) -> (before: [SQL], after: [SQL])
    /// The condition for those rows of an index that a query finds.
    package let matches: @Sendable (_ index: SQL, _ query: FullTextQuery) -> SQL
}

/// What rows must have to be found. The words are data: they have no syntax.
package indirect enum FullTextQuery: Sendable {
    /// Words that stand beside each other.
    case phrase([String], ending: Ending, in: Columns)
    case all([FullTextQuery])
    case any([FullTextQuery])
    case butNot(FullTextQuery, FullTextQuery)

    /// What the last word of a phrase is.
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
        // Without an order, which would have all of them gathered: they come in the order of the words.
        firstWord: { index, from in "SELECT term FROM \(index)_words WHERE term >= \(from) LIMIT 1" },
        // Its pieces are put together later, by the acts that follow: twice as fast.
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
