internal import LMSDatabase

/// What an import does with a row that is there already, with other values.
package enum ConflictPolicy: String, Sendable, CaseIterable {
    case fail, skip, update
}

/// Brings the rows of CSV files into the database: all of them, or none.
///
/// Memory does not grow with the rows, but for the hashes of new passwords. Passwords are hashed outside the transaction: an
/// attempt that finds some to be hashed is taken back, and made again with their hashes. So a file with a bad row costs no
/// hash, no lock is held while hashing, and only the passwords that are needed are hashed.
package struct ImportFiles: OperatorUseCase {
    private let files: [(table: BulkTable, file: any BulkFile)]
    private let onConflict: ConflictPolicy
    private let resetsPasswords: Bool
    private let hashesAtOnce: Int
    private let report: @Sendable (BulkProgress) -> Void

    /// Opens the files.
    ///
    /// - Parameters:
    ///   - resetsPasswords: Whether users who are there already get the password of their row.
    ///   - ignoresOtherFiles: Whether files of the folder are passed over that look like tables and would not be read.
    ///   - hashesAtOnce: How many passwords are hashed at the same time.
    ///   - report: Is told how far the import is.
    /// - Throws: `LMSError` `notFound` where there is none, `invalid` that names others, or what the folder throws.
    package init(
        from folder: any BulkFolder, onConflict: ConflictPolicy = .fail, resetsPasswords: Bool = false,
        ignoresOtherFiles: Bool = false, hashesAtOnce: Int = 1,
        report: @escaping @Sendable (BulkProgress) -> Void = { _ in }
    ) throws {
        files = try BulkFileNames.files(in: folder, ignoringOthers: ignoresOtherFiles)
        self.onConflict = onConflict
        self.resetsPasswords = resetsPasswords
        self.hashesAtOnce = hashesAtOnce
        self.report = report
    }

    package func perform(on service: LocalService) async throws -> [ImportTotals] {
        do {
            return try await attempt(HashedPasswords(), on: service)
        } catch let missing as MissingHashes {
            let hashes = try await hash(missing.rows, with: service.hasher)
            do {
                return try await attempt(hashes, on: service)
            } catch is MissingHashes {
                throw LMSError.importedDataChanged("the users were")
            }
        }
    }

    /// - Throws: `MissingHashes` where all is well but for passwords that are not hashed yet.
    private func attempt(
        _ hashes: HashedPasswords, on service: LocalService
    ) async throws -> [ImportTotals] {
        try await service.writeBulk { transaction in
            let attempt = try ImportAttempt(
                transaction, onConflict, resetsPasswords: resetsPasswords, hashes: hashes)
            let totals = try attempt.perform(files, progress: progress())
            for (_, file) in files where file.hasChanged {
                throw LMSError.importedDataChanged("\(file.name) was")
            }
            // A dry run costs no hash.
            guard attempt.missingHashes.isEmpty || transaction.isDryRun else {
                throw MissingHashes(rows: attempt.missingHashes)
            }
            return totals
        }
    }

    private func progress() -> (Int) -> Void {
        let size = files.reduce(0) { $0 + $1.file.size }
        var done = 0
        return { bytes in
            done += bytes
            report(.reading(done: done, of: max(done, size)))
        }
    }

    // MARK: - Passwords

    /// Hashes the passwords of some rows, several at once.
    private func hash(_ rows: [Int32], with hasher: PasswordHasher) async throws -> HashedPasswords {
        var hashes = HashedPasswords(rows: rows)
        guard let file = files.first(where: { $0.table == .users })?.file else { return hashes }
        let reader = BulkReader(file, .users)
        var problems = FileProblems()
        guard try reader.readHeader(&problems) else { throw LMSError.importedDataChanged("\(file.name) was") }
        report(.hashing(done: 0, of: rows.count))
        try await withThrowingTaskGroup(of: (Int, PasswordHash).self) { group in
            var running = 0
            var done = 0
            func collect() async throws {
                guard let (index, hash) = try await group.next() else { return }
                hashes.set(hash, at: index)
                running -= 1
                done += 1
                report(.hashing(done: done, of: rows.count))
            }
            for (index, row) in rows.enumerated() {
                var isThere = true
                while isThere, reader.number < Int(row) { isThere = try reader.advance(&problems) }
                guard isThere, reader.number == Int(row) else {
                    throw LMSError.importedDataChanged("\(file.name) was")
                }
                // One more than there are threads, so that none waits for the reading.
                if running > hashesAtOnce { try await collect() }
                let password = Password(reader.text(.password))
                group.addTask { (index, try await hasher.hash(password)) }
                running += 1
            }
            while running > 0 { try await collect() }
        }
        return hashes
    }
}

/// What became of the rows of one file.
package struct ImportTotals: Sendable, Equatable {
    package let table: BulkTable
    package var created = 0
    package var updated = 0
    package var unchanged = 0
    package var skipped = 0
    package let isDryRun: Bool
    /// As messages name the file.
    package let file: String
    /// How it was written, where that is not plain UTF-8 with commas: `text in UTF-16 and cells separated by tabs`.
    package let dialect: String?

    mutating func add(_ outcome: RowOutcome) {
        switch outcome {
        case .created: created += 1
        case .updated: updated += 1
        case .unchanged: unchanged += 1
        case .skipped: skipped += 1
        }
    }
}

/// What became of one row.
enum RowOutcome {
    case created, updated, unchanged, skipped
}

/// Rows whose passwords must be hashed before an import can be kept.
private struct MissingHashes: Error {
    let rows: [Int32]
}

extension LMSError {
    fileprivate static func importedDataChanged(_ what: String) -> LMSError {
        LMSError(.busy, "\(what) changed during the import: nothing was imported", hint: "Try again.")
    }
}
