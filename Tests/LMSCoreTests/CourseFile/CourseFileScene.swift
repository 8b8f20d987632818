import LMSCore
import LMSTestSupport

/// A teacher with course files, and two students.
struct CourseFileScene {
    let world: World
    let guru: Person

    init() async throws {
        world = try World()
        guru = try await world.teacher()
        for name in ["siti", "budi"] { try await world.register(name, as: .student) }
    }

    static let biology = """
        course: BIO-101
        title: Biology
        description: |
          Cells.
        release_date: 2027-01-11
        enrollment: approval
        students: [siti, budi]
        materials:
          - title: Syllabus
            description_file: materials/syllabus.md
          - title: Week 1
            description: |
              Read chapter 1.

        """

    static let syllabus = CourseFile.Attachment(path: "materials/syllabus.md", text: "# Syllabus\r\n")

    static func file(
        _ text: String, name: String = "bio.yaml", _ attachments: [CourseFile.Attachment] = [syllabus]
    ) -> CourseFile {
        CourseFile(name: name, text: text, attachments: attachments)
    }

    /// Applies a text, and says what became of what: `+ material Week 1`.
    @discardableResult
    func apply(_ text: String, prune: Bool = false) async throws -> [String] {
        Self.lines(try await guru.perform(ApplyCourseFiles(files: [Self.file(text)], prune: prune)))
    }

    func diff(_ text: String, prune: Bool = false) async throws -> [String] {
        Self.lines(try await guru.perform(DiffCourseFiles(files: [Self.file(text)], prune: prune)))
    }

    static func lines(_ plan: CoursePlan) -> [String] {
        plan.changes.map { change in
            let record = change.record
            let fields = record.fields.isEmpty ? "" : " (\(record.fields.joined(separator: " ")))"
            return "\(change.outcome) \(record.kind) \(record.subject)\(fields)"
        }
    }

    /// What is wrong with a text, each with its line and column.
    func problems(
        _ text: String, prune: Bool = false, code: LMSError.Code = .invalid,
        _ attachments: [CourseFile.Attachment] = [syllabus]
    ) async throws -> [String] {
        let files = [Self.file(text, name: "f", attachments)]
        let error = try await world.expectRefusal(code) {
            try await guru.perform(ApplyCourseFiles(files: files, prune: prune))
        }
        return error?.problems?.map { String($0.text.dropFirst(2)) } ?? []
    }
}
