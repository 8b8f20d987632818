/// What people call our options and their values: words of other programs, and Indonesian ones.
enum OptionSynonyms {
    /// Options by a name that none has, without dashes, the likeliest first.
    static let options: [String: [String]] = table([
        ("f file text-file input input-file from-file path md markdown", ["--description-file", "--file"]),
        ("text body content desc message deskripsi isi", ["--description"]),
        ("name judul", ["--title"]),
        ("date release start begin from available tanggal", ["--release-date"]),
        ("enrol enroll enrolments enrollments access policy mode join pendaftaran", ["--enrollment"]),
        ("id slug kode", ["--code"]),
        ("database sqlite", ["--db"]),
        ("host url address remote api", ["--server"]),
        ("ca cacert ca-cert cert certificate", ["--ca-file"]),
        ("insecure http allow-http", ["--insecure-http"]),
        ("output-format fmt", ["--format"]),
        ("output-dir directory folder out-dir to", ["--dir"]),
        ("silent ids", ["--quiet"]),
        ("simulate check what-if noop try", ["--dry-run"]),
        ("expires expire expiry ttl days duration valid", ["--lifetime"]),
        ("query find words filter cari", ["--search"]),
        ("p", ["--port"]),
        ("max count last top first n", ["--limit"]),
        ("limit max count times", ["--uses"]),
        ("lifetime ttl days duration valid until", ["--expires"]),
        ("new renew regenerate", ["--rotate"]),
        ("nisn nip nim no nomor", ["--number"]),
        ("nama fullname full-name", ["--name"]),
        ("everything every", ["--all"]),
        ("exists-ok if-missing ignore-existing skip-existing", ["--if-not-exists"]),
        ("stdin password-from-stdin", ["--password-stdin"]),
        ("type kind as", ["--role"]),
        ("pos order index at place posisi", ["--position"]),
        ("state", ["--status"]),
        ("signin sign-in log-in", ["--login"]),
        ("bytes exact plain verbatim source", ["--raw"]),
        ("no-colour nocolor nocolour mono", ["--no-color"]),
        ("nopager", ["--no-pager"]),
        ("label-name description-label title", ["--label"]),
    ])

    /// Options that take something away, or answer the question whether to: none is suggested.
    static let destroying: Set<String> = ["--yes", "--prune", "--reset-passwords", "--on-conflict"]

    /// What people call `--yes`.
    static let force: Set<String> = [
        "force", "assume-yes", "no-confirm", "confirm", "delete", "overwrite", "paksa",
    ]

    /// Words for where, and how, something is written.
    static let output: Set<String> = ["o", "out", "output"]

    static let formats: Set<String> = ["table", "tsv", "csv"]
    static let passwords: Set<String> = ["p", "password", "pass", "passwd", "pw", "sandi", "kata-sandi"]

    /// Values of options that have a fixed set of them.
    static let values: [String: [String]] = table([
        ("guru pengajar dosen lecturer instructor tutor professor prof pendidik", ["teacher"]),
        ("siswa murid pelajar mahasiswa pupil learner", ["student"]),
        ("public free everyone anyone terbuka yes", ["open"]),
        ("approve approved request moderated manual persetujuan ask", ["approval"]),
        ("close private locked none tutup tertutup no", ["closed"]),
        ("text pretty human tabel", ["table"]),
        ("tab tabs", ["tsv"]),
        ("excel spreadsheet xlsx", ["csv"]),
        ("jsonl js", ["json"]),
        ("id quiet", ["ids"]),
        ("waiting asked menunggu", ["pending"]),
        ("joined member active terdaftar", ["enrolled"]),
    ])

    private static func table(_ families: [(words: String, meant: [String])]) -> [String: [String]] {
        var table: [String: [String]] = [:]
        for (words, meant) in families {
            for word in words.split(separator: " ") { table[String(word), default: []] += meant }
        }
        return table
    }
}
