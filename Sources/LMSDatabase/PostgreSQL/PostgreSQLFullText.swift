#if PostgreSQL
    extension FullText {
        /// PostgreSQL's own full text. Source: https://www.postgresql.org/docs/15/datatype-textsearch.html
        ///
        /// The vector is made of our words, not by PostgreSQL's parser, which would cut them again. It has limits that
        /// our texts have not: 1 MB for all different words and their positions, 2 KB for a word. Of a text that is longer,
        /// the first 110,000 characters are found, which always fit, and of a word the first 255.
        static let postgreSQL = FullText(
            id: "id",
            functions: functions,
            // A phrase does not reach from the heading into the body: there is a gap between them.
            create: { index in
                functions + [
                    """
                    CREATE TABLE \(index) (
                        id BIGINT PRIMARY KEY,
                        heading TEXT NOT NULL,
                        body TEXT NOT NULL,
                        words TSVECTOR GENERATED ALWAYS AS (
                            setweight(lms_search_vector(heading, 0), 'A')
                                || setweight(lms_search_vector(body, 1), 'D')) STORED
                    )
                    """,
                    "CREATE INDEX \(index)_vector ON \(index) USING gin (words)",
                ]
            },
            createVocabulary: { _ in [] },
            firstWord: nil,
            bulk: { _ in ([], []) },
            matches: { index, query in "\(index).words @@ CAST(\(expression(query)) AS tsquery)" })

        private static let functions: [SQL] = [
            """
            CREATE OR REPLACE FUNCTION lms_search_words(words text, gap bigint)
            RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
                SELECT coalesce(string_agg(
                    '''' || replace(replace(left(word, 255), '\\', '\\\\'), '''', '''''') || ''':'
                        || least(place + gap, 16383),
                    ' '), '')::tsvector
                FROM unnest(string_to_array(words, ' ')) WITH ORDINALITY AS entry (word, place)
                WHERE word <> ''
            $$
            """,
            // A word of n bytes, and a space, take at most n + 5 bytes of the vector: three for one. Where that cannot be
            // too much, nothing is caught: it would take three times as long.
            """
            CREATE OR REPLACE FUNCTION lms_search_vector(words text, gap bigint)
            RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
            BEGIN
                IF octet_length(words) < 300000 THEN
                    RETURN lms_search_words(words, gap);
                END IF;
                BEGIN
                    RETURN lms_search_words(words, gap);
                EXCEPTION WHEN program_limit_exceeded THEN
                    RETURN lms_search_words(left(words, 110000), gap);
                END;
            END
            $$
            """,
        ]

        private static func expression(_ query: FullTextQuery) -> String {
            switch query {
            case .phrase(let words, let ending, let columns):
                let weight = columns == .heading ? "A" : ""
                return words.enumerated().map { index, word in
                    let isLast = index == words.count - 1
                    let star = isLast && ending == .beginning ? "*" : ""
                    return quoted(word) + (star + weight == "" ? "" : ":\(star)\(weight)")
                }.joined(separator: " <-> ")
            case .all(let queries): return queries.map { "(\(expression($0)))" }.joined(separator: " & ")
            case .any(let queries): return queries.map { "(\(expression($0)))" }.joined(separator: " | ")
            case .butNot(let query, let other): return "(\(expression(query))) & !(\(expression(other)))"
            }
        }

        private static func quoted(_ word: String) -> String {
            let cut = String(String.UnicodeScalarView(word.unicodeScalars.prefix(255)))
            return "'" + cut.replacing("\\", with: "\\\\").replacing("'", with: "''") + "'"
        }
    }
#endif
