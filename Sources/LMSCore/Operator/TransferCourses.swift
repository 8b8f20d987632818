internal import LMSDatabase
internal import LMSText

/// Hands all courses of one teacher over to another.
package struct TransferCourses: OperatorUseCase {
    package var from: Username
    package var to: Username

    package init(from: Username, to: Username) {
        self.from = from
        self.to = to
    }

    package func perform(on service: LocalService) async throws -> Written<TransferredCourses> {
        try await service.writeUnsigned { transaction in
            let giver = try transaction.account(from)
            let taker = try transaction.account(to)
            try CourseRules.requireMayOwn(taker.username.rawValue, taker.role)
            // Nothing to hand over to oneself.
            let count =
                giver.id == taker.id
                ? 0 : try transaction.transfer(from: giver, to: taker)
            return transaction.written(
                TransferredCourses(from: giver.username, to: taker.username, courses: count),
                count == 0 ? .unchanged : .updated)
        }
    }
}

package struct TransferredCourses: Codable, Sendable {
    package let from: Username
    package let to: Username
    package let courses: Int
}

extension Transaction {
    fileprivate func transfer(from giver: UserRows.Account, to taker: UserRows.Account) throws -> Int {
        try auditRows.handOver(from: giver.id, to: taker, via: via, at: now)
        try TeacherRows(connection: connection).deleteNextOwner(taker.id, ofCoursesOf: giver.id)
        let trashed = try TrashRows(connection: connection).handOver(from: giver.id, to: taker.id)
        let count =
            try trashed + connection.execute("UPDATE course SET teacher_id = \(taker.id) WHERE teacher_id = \(giver.id)")
        if count > 0 {
            try auditOperator(
                .transfer, subject: "\(giver.username): \(counted(count, "course")) to \(taker.username)")
        }
        return count
    }
}
