package import LMSCore

/// Something that a person tries which may show somebody's name or number.
package struct Inquiry: Sendable {
    package let useCase: any UseCase
    /// Whose name and number the answer tells; a dry run may tell them.
    package let telling: Telling
    package let isDryRun: Bool

    package var name: String { "\(type(of: useCase))" }

    fileprivate init(_ useCase: any UseCase, _ telling: Telling = .nothing, isDryRun: Bool = false) {
        self.useCase = useCase
        self.telling = telling
        self.isDryRun = isDryRun
    }
}

extension ActedSchool {
    /// Everything that can be tried: all that reads, of all courses, and all that writes, in one of them, as a dry run.
    package mutating func inquiries() throws -> [Inquiry] {
        let searched = try [viewer(), gone.last ?? viewer()].map { SearchTexts(words: WhoSeesWhom.searched($0)) }
        return ofOneself + searched.map { Inquiry($0) } + model.owners.keys.sorted().flatMap(ofCourse)
            + (try changes(of: course()))
    }

    private var ofOneself: [Inquiry] {
        [
            Inquiry(WhoAmI()), Inquiry(ShowProfile(), .oneself), Inquiry(ShowPersonalData(), .oneself), Inquiry(ListTokens()),
            Inquiry(ListCourses(scope: .all), .owners), Inquiry(ListCourses(), .ownersOfOnes), Inquiry(ListLog()),
            Inquiry(ListTrash()),
        ]
    }

    private func ofCourse(_ code: String) -> [Inquiry] {
        let course = CourseReference(code)
        return [
            Inquiry(ShowCourse(course: course), .owner(of: code)), Inquiry(ListRoster(course: course), .roster(of: code)),
            Inquiry(ListRoster(course: course, words: "number"), .roster(of: code)),
            Inquiry(ListRoster(course: course, words: "name"), .roster(of: code)),
            Inquiry(ListTeachers(course: course)), Inquiry(ListMaterials(course: course)),
            Inquiry(ListMaterials(course: course, asStudent: true)), Inquiry(ExportCourse(course: course)),
            Inquiry(ListLog(course: course)), Inquiry(ListNews(course: course)), Inquiry(ListTrash(course: course)),
            Inquiry(ShowKey(course: course)),
            Inquiry(SearchTexts(words: "name", course: course)),
        ] + (materials[code].map { [Inquiry(ShowMaterial(material: $0))] } ?? [])
    }

    private func changes(of code: String) -> [Inquiry] {
        let (course, material) = (CourseReference(code), materials[code] ?? MaterialReference("1"))
        let (students, teachers) = (names(of: .student).map { Username($0) }, names(of: .teacher).map { Username($0) })
        let file = CourseFile(
            name: "f", text: "course: \(code)\nstudents: [\(names(of: .student).joined(separator: ", "))]", attachments: [])
        let entry = TrashReference("1")
        let tries: [any UseCase] = [
            EditProfile(name: PersonName("Somebody")), CreateToken(label: "CI"), RevokeToken(id: SessionReference("1")),
            CreateCourse(title: "New"), EditCourse(course: course, title: "New"), DeleteCourse(course: course),
            ArchiveCourse(course: course), UnarchiveCourse(course: course), CopyCourse(course: course, code: CourseCode("new")),
            JoinCourse(course: course), LeaveCourse(course: course), ChangeKey(course: course, rotate: true),
            TransferCourse(course: course, to: teachers[0]), AddTeachers(course: course, usernames: teachers),
            RemoveTeachers(course: course, usernames: teachers), AddStudents(course: course, usernames: students),
            ApproveStudents(allOf: course), RejectStudents(allOf: course),
            RemoveStudents(course: course, usernames: students), AddMaterial(course: course, title: "New", description: "New"),
            EditMaterial(material: material, title: "New"), MoveMaterial(material: material),
            DeleteMaterial(material: material), RestoreTrash(entry: entry), EmptyTrash(entries: [entry]),
            ApplyCourseFiles(files: [file]), DiffCourseFiles(files: [file]),
        ]
        return tries.map { useCase in
            switch useCase {
            case is EditProfile, is CreateCourse, is CopyCourse: Inquiry(useCase, .oneself, isDryRun: true)
            case is EditCourse, is DeleteCourse, is ArchiveCourse, is UnarchiveCourse:
                Inquiry(useCase, .owner(of: code), isDryRun: true)
            case is TransferCourse: Inquiry(useCase, .nextOwner(teachers[0].rawValue, of: code), isDryRun: true)
            default: Inquiry(useCase, isDryRun: true)
            }
        }
    }
}
