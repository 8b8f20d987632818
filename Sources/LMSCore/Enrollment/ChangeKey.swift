internal import LMSDatabase
package import LMSText

/// Changes the key of a course, or for how long and for how many it is good. What is not given stays.
package struct ChangeKey: Mutation {
    package static var useCaseClass: UseCaseClass { .writesAccount }

    package var course: CourseReference
    /// Another key takes its place: nobody has joined with that one, and it is not disabled. An end that has passed goes.
    package var rotate: Bool?
    /// For how long the key is good from now on; none at all: for good.
    package var expires: Lifetime?
    /// How many may join with it; 0: as many as like.
    package var useLimit: Int?
    /// It opens nothing any more, until another key takes its place.
    package var disable: Bool?

    package init(
        course: CourseReference, rotate: Bool? = nil, expires: Lifetime? = nil, useLimit: Int? = nil, disable: Bool? = nil
    ) {
        self.course = course
        self.rotate = rotate
        self.expires = expires
        self.useLimit = useLimit
        self.disable = disable
    }

    enum CodingKeys: String, CodingKey {
        case course, rotate, expires
        case useLimit = "use_limit"
        case disable
    }

    package static let longestUseLimit = 1_000_000

    package func perform(in context: Context) throws -> Written<EnrollmentKeyRecord> {
        let course = try context.courses.find(course)
        try Policy.requireMayManage(course, context.principal, .write)
        var row = try context.enrollmentKeys.required(of: course)
        try check()
        let changed = try change(&row, in: context)
        let isNew = rotate == true && context.transaction.isDryRun
        let record = EnrollmentKeyRecord(row, key: isNew ? nil : row.key, at: context.now)
        guard !changed.isEmpty else { return context.written(record, .unchanged) }
        try context.enrollmentKeys.put(row, of: course.id)
        try context.audit(.changeKey, course, subject: changed.joined(separator: ", "))
        return context.written(record, .updated)
    }

    private func check() throws {
        if let expires, !(0...Lifetime.days(365).seconds).contains(expires.seconds) {
            throw LMSError(.invalid, "a key lasts at most 365 days", hint: "With 0d it has no end.")
        }
        if let useLimit, !(0...Self.longestUseLimit).contains(useLimit) {
            throw LMSError(
                .invalid, "a key is for 1 to \(Self.longestUseLimit) students, not \(useLimit)", hint: "With 0 there is no limit.")
        }
    }

    /// - Returns: What is another than before, as the log tells it: never the key.
    private func change(_ row: inout EnrollmentKeyRow, in context: Context) throws -> [String] {
        var changed: [String] = []
        if rotate == true {
            row.key = try context.enrollmentKeys.free()
            row.isDisabled = false
            row.uses = 0
            if let end = row.expiresAt, end <= context.now { row.expiresAt = nil }
            changed.append("rotate")
        }
        if let expires {
            let end = expires.seconds == 0 ? nil : Optional(Instant(seconds: (context.now + expires).seconds))
            if end != row.expiresAt { changed.append("expires") }
            row.expiresAt = end
        }
        if let useLimit {
            let limit = useLimit == 0 ? nil : Optional(useLimit)
            if limit != row.useLimit { changed.append("uses") }
            row.useLimit = limit
        }
        if disable == true, !row.isDisabled {
            row.isDisabled = true
            changed.append("disable")
        }
        return changed
    }
}
