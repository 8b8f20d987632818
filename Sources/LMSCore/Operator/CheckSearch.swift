internal import LMSDatabase

/// Tells whether the search finds what is there: only another program's writing gets it out of step.
package struct CheckSearch: OperatorUseCase {
    package init() {}

    package func perform(on service: LocalService) async throws -> Bool {
        try await service.readUnsigned { transaction in
            try SearchIndex.all.allSatisfy { try $0.isInStep(on: transaction.connection) }
        }
    }
}

/// Makes the search anew where it does not find what is there.
package struct MendSearch: OperatorUseCase {
    package init() {}

    /// - Returns: Whether something was to be mended.
    package func perform(on service: LocalService) async throws -> Bool {
        // Writers wait only where there is something to mend.
        if !service.isDryRun { await service.workOffSearchBacklog() }
        if try await CheckSearch().perform(on: service) { return false }
        return try await service.writeUnsigned { transaction in
            let broken = try SearchIndex.all.filter { try !$0.isInStep(on: transaction.connection) }
            for index in broken { try index.refill(on: transaction.connection) }
            return !broken.isEmpty
        }
    }
}
