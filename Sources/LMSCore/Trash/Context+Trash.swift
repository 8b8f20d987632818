internal import LMSDatabase

/// How things are taken away: into the trash, all that they are.
extension Context {
    /// - Throws: `LMSError` `conflict` where the course takes no more materials: what is in the trash counts, so that it has a bound.
    func requireRoom(forMaterials count: Int, in course: Course) throws {
        let trashed = try trash.countMaterials(of: course.id, since: earliestTrash())
        try CourseRules.requireRoom(forMaterials: count, inTrash: trashed, in: course)
    }

    /// - Parameter search: When the search entries of what goes are removed.
    func takeAway(_ course: Course, _ search: SearchWriting) throws -> (entry: TrashID?, materials: Int, enrollments: Int) {
        let entry = try trash.keep(
            .course, of: course, .title(course.title), by: principal.id, at: now,
            rows: [
                (TrashRows.courses, "id = \(course.id)"), (TrashRows.keys, "course_id = \(course.id)"),
                (TrashRows.teachers, "course_id = \(course.id)"), (TrashRows.enrollments, "course_id = \(course.id)"),
                (TrashRows.materials, "course_id = \(course.id)"),
            ])
        if let entry { try trash.gather(course.id, into: entry) }
        var rows = materials
        rows.search = search
        let counts = (try rows.deleteAll(of: course.id), try enrollments.deleteAll(of: course.id))
        try courses.delete(course.id)
        return (entry, counts.0, counts.1)
    }

    /// Takes a material away, which leaves a gap in the order of its course.
    ///
    /// - Parameter rows: Know when the search entry is removed.
    @discardableResult
    func takeAway(_ material: Material, of course: Course, _ rows: MaterialRows) throws -> TrashID? {
        let entry = try trash.keep(
            .material, of: course, .title(material.title), by: principal.id, at: now,
            rows: [(TrashRows.materials, "id = \(material.id)")])
        try rows.remove(material.id)
        return entry
    }

    /// Takes a student off a roster.
    func takeAway(_ enrollment: EnrollmentID, in course: Course) throws {
        _ = try trash.keep(
            .student, of: course, .student(of: enrollment), by: principal.id, at: now,
            rows: [(TrashRows.enrollments, "id = \(enrollment)")])
        try enrollments.delete(enrollment)
    }

    /// Has somebody no longer teach a course.
    func takeAway(teacher: UserID, of course: Course) throws {
        _ = try trash.keep(
            .teacher, of: course, .teacher(teacher), by: principal.id, at: now,
            rows: [(TrashRows.teachers, "course_id = \(course.id) AND user_id = \(teacher)")])
        try teachers.delete(teacher, in: course.id)
    }
}
