package import LMSCore
package import LMSDatabase
internal import Testing

/// Expects that `body` fails with an error of this code.
@discardableResult
package func expectError(
    _ code: LMSError.Code, fileID: String = #fileID, filePath: String = #filePath,
    line: Int = #line, column: Int = #column, _ body: () async throws -> some Any
) async -> LMSError? {
    let place = SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column)
    do {
        let result = try await body()
        Issue.record("expected \(code), got \(result)", sourceLocation: place)
    } catch let error as LMSError {
        if error.code == code { return error }
        Issue.record("expected \(code), got \(error.code): \(error.message)", sourceLocation: place)
    } catch {
        Issue.record("expected \(code), got \(error)", sourceLocation: place)
    }
    return nil
}

/// Expects that `body` fails with a database error of this kind.
package func expectFailure(
    _ kind: DatabaseError.Kind, fileID: String = #fileID, filePath: String = #filePath,
    line: Int = #line, column: Int = #column, _ body: () async throws -> some Any
) async {
    let place = SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column)
    do {
        let result = try await body()
        Issue.record("expected \(kind), got \(result)", sourceLocation: place)
    } catch let error as DatabaseError {
        if error.kind != kind {
            Issue.record("expected \(kind), got \(error.kind): \(error.detail)", sourceLocation: place)
        }
    } catch {
        Issue.record("expected \(kind), got \(error)", sourceLocation: place)
    }
}

extension World {
    /// Expects that `body` fails with an error of this code, and leaves every row as it was.
    @discardableResult
    package func expectRefusal(
        _ code: LMSError.Code, fileID: String = #fileID, filePath: String = #filePath,
        line: Int = #line, column: Int = #column, _ body: () async throws -> some Any
    ) async throws -> LMSError? {
        let before = try await dump()
        let error = await expectError(
            code, fileID: fileID, filePath: filePath, line: line, column: column, body)
        if try await dump() != before {
            Issue.record(
                "the refused act changed the database",
                sourceLocation: SourceLocation(
                    fileID: fileID, filePath: filePath, line: line, column: column))
        }
        return error
    }
}
