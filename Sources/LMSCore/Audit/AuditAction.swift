internal import LMSDatabase

/// What an entry of the log says was done.
package enum AuditAction: String, Codable, Sendable, CaseIterable {
    case createCourse = "course.create"
    case editCourse = "course.edit"
    case deleteCourse = "course.delete"
    /// Many changes at once, from a file.
    case applyCourse = "course.apply"
    /// Many changes at once, to many courses, by the operator.
    case importCourse = "course.import"
    case copyCourse = "course.copy"
    case archiveCourse = "course.archive"
    case unarchiveCourse = "course.unarchive"
    case transferCourse = "course.transfer"
    case addTeachers = "teacher.add"
    case removeTeachers = "teacher.remove"
    case changeKey = "course.key"
    case join = "enrollment.join"
    case leave = "enrollment.leave"
    case addStudents = "roster.add"
    case approveStudents = "roster.approve"
    case rejectStudents = "roster.reject"
    case removeStudents = "roster.remove"
    case addMaterial = "material.add"
    case editMaterial = "material.edit"
    case deleteMaterial = "material.delete"
    case moveMaterial = "material.move"
    case restoreCourse = "course.restore"
    case restoreMaterial = "material.restore"
    case restoreStudent = "roster.restore"
    case restoreTeacher = "teacher.restore"
    /// The operator deleted the account of somebody in the course.
    case deleteUser = "user.delete"

    /// Whether the subject of such an entry is usernames (`SubjectNames`).
    var namesPeople: Bool {
        switch self {
        case .transferCourse, .addTeachers, .removeTeachers, .join, .leave, .addStudents, .approveStudents, .rejectStudents,
            .removeStudents, .restoreStudent, .restoreTeacher, .deleteUser:
            true
        case .createCourse, .editCourse, .deleteCourse, .applyCourse, .importCourse, .copyCourse, .archiveCourse, .unarchiveCourse,
            .changeKey,
            .addMaterial, .editMaterial, .deleteMaterial, .moveMaterial, .restoreCourse, .restoreMaterial:
            false
        }
    }

    static let namingPeople = allCases.filter(\.namesPeople)
}

extension AuditAction: ValueConvertible {}

extension Transaction {
    var auditRows: AuditRows { AuditRows(connection: connection) }

    /// Logs that an import wrote to courses: an entry for each.
    func auditImport(of courses: IDSet) throws {
        guard !courses.isEmpty else { return }
        for run in courses.runs { try auditRows.insertImport(of: run, via: via, at: now) }
        _ = try auditRows.forgetAllExpired(at: now)
    }

    /// Logs what was done to a course, in the transaction of the act. The entry keeps ids, names and the owner by value, so
    /// that it can be read when they are gone. It never holds a text, a password, a token or an address.
    ///
    /// - Parameters:
    ///   - subject: What in the course it was done to: a material's title, a student's name.
    ///   - isRequest: Whether it was only asked for.
    func audit(
        by actor: Username, id: UserID, _ action: AuditAction, _ course: Course, subject: String?, isRequest: Bool = false
    ) throws {
        try audit(by: actor.rawValue, id: id, action, course, subject: subject, isRequest: isRequest)
    }

    /// Logs what the operator did to a course.
    func auditOperator(_ action: AuditAction, _ course: Course, subject: String?) throws {
        try audit(by: AuditRows.operatorName, id: nil, action, course, subject: subject, isRequest: false)
    }

    private func audit(
        by actor: String, id: UserID?, _ action: AuditAction, _ course: Course, subject: String?, isRequest: Bool
    ) throws {
        let newest = try auditRows.insert(
            .init(
                at: now, actor: actor, via: via.rawValue, action: action.rawValue,
                course: course.code.rawValue, subject: subject),
            by: id, on: course, isRequest: isRequest)
        try auditRows.forgetExpired(after: newest, at: now)
    }
}
