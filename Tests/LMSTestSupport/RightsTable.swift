internal import LMSCore

// Who may do what. For readers it stands in Docs/HTTP.md, endpoint by endpoint.

extension Right {
    package static let all: [Right] = [
        Right("RegisterUser", .yes, .yes, .yes, .yes, .yes) { _, _ in
            RegisterUser(username: Username("new"), password: Password(World.password), role: .student)
        },
        Right("LogIn", .yes, .yes, .yes, .yes, .yes) { _, _ in
            LogIn(username: Username("inside"), password: Password(World.password))
        },
        Right("WhoAmI", .e401, .yes, .yes, .yes, .yes) { _, _ in WhoAmI() },
        Right("ShowProfile", .e401, .yes, .yes, .yes, .yes) { _, _ in ShowProfile() },
        Right("EditProfile", .e401, .yes, .yes, .yes, .yes) { _, _ in EditProfile(name: PersonName("Somebody")) },
        Right("ShowPersonalData", .e401, .yes, .yes, .yes, .yes) { _, _ in ShowPersonalData() },
        Right("ChangePassword", .e401, .yes, .yes, .yes, .yes) { _, _ in
            ChangePassword(current: Password(World.password), new: Password("kapal yang lain"))
        },
        Right("CreateToken", .e401, .yes, .yes, .yes, .yes) { _, _ in CreateToken(label: "CI") },
        Right("ListTokens", .e401, .yes, .yes, .yes, .yes) { _, _ in ListTokens() },
        Right("RevokeToken", .e401, .yes, .yes, .yes, .yes) { _, person in
            let id = try? await person?.perform(ListTokens()).items.first?.id
            return RevokeToken(id: SessionReference(id.map { "\($0)" } ?? "1"))
        },
        Right("LogOut", .e401, .yes, .yes, .yes, .yes) { _, _ in LogOut() },
        Right("ListCourses", .e401, .yes, .yes, .yes, .yes) { _, _ in ListCourses(scope: .all) },
        Right("SearchTexts", .e401, .yes, .yes, .yes, .yes) { scene, _ in
            SearchTexts(words: "week", course: scene.course)
        },
        Right("ShowCourse", .e401, .yes, .yes, .yes, .yes) { scene, _ in ShowCourse(course: scene.course) },
        Right("CreateCourse", .e401, .e403, .e403, .yes, .yes) { _, _ in CreateCourse(title: "New") },
        Right("EditCourse", .e401, .e403, .e403, .yes, .e403) { scene, _ in
            EditCourse(course: scene.course, title: "New")
        },
        Right("DeleteCourse", .e401, .e403, .e403, .yes, .e403, tc: .e403) { scene, _ in
            DeleteCourse(course: scene.course)
        },
        Right("ListTeachers", .e401, .yes, .yes, .yes, .yes) { scene, _ in ListTeachers(course: scene.course) },
        Right("AddTeachers", .e401, .e403, .e403, .yes, .e403, tc: .e403) { scene, _ in
            AddTeachers(course: scene.course, usernames: names("other"))
        },
        Right("RemoveTeachers", .e401, .e403, .e403, .yes, .e403, tc: .e403) { scene, _ in
            RemoveTeachers(course: scene.course, usernames: names("beside", "other"))
        },
        // Himself.
        Right("RemoveTeachers", .e401, .e403, .e403, .yes, .e403, tc: .yes) { scene, _ in
            RemoveTeachers(course: scene.course, usernames: names("beside"))
        },
        Right("TransferCourse", .e401, .e403, .e403, .yes, .e403, tc: .e403) { scene, _ in
            TransferCourse(course: scene.course, to: Username("beside"))
        },
        Right("ArchiveCourse", .e401, .e403, .e403, .yes, .e403, tc: .e403) { scene, _ in
            ArchiveCourse(course: scene.course)
        },
        Right("UnarchiveCourse", .e401, .e403, .e403, .yes, .e403, tc: .e403) { scene, _ in
            _ = try await scene.people[.to]?.perform(ArchiveCourse(course: scene.course))
            return UnarchiveCourse(course: scene.course)
        },
        Right("CopyCourse", .e401, .e403, .e403, .yes, .e403) { scene, _ in
            CopyCourse(course: scene.course, code: CourseCode("bio-102"))
        },
        Right("JoinCourse", .e401, .yes, .yes, .e403, .e403) { scene, _ in
            JoinCourse(key: try await key(scene))
        },
        Right("JoinCourse", .e401, .yes, .yes, .e403, .e403) { scene, _ in JoinCourse(course: scene.course) },
        Right("ShowKey", .e401, .e403, .e403, .yes, .e403) { scene, _ in
            _ = try await key(scene)
            return ShowKey(course: scene.course)
        },
        Right("ChangeKey", .e401, .e403, .e403, .yes, .e403) { scene, _ in
            _ = try await key(scene)
            return ChangeKey(course: scene.course, rotate: true)
        },
        Right("LeaveCourse", .e401, .e404, .yes, .e403, .e403, sp: .yes) { scene, _ in LeaveCourse(course: scene.course)
        },
        Right("ListRoster", .e401, .e403, .e403, .yes, .e403) { scene, _ in ListRoster(course: scene.course)
        },
        Right("ListLog", .e401, .e403, .e403, .yes, .e403) { scene, _ in ListLog(course: scene.course) },
        Right("ListNews", .e401, .e403, .yes, .yes, .e403) { scene, _ in ListNews(course: scene.course) },
        Right("AddStudents", .e401, .e403, .e403, .yes, .e403) { scene, _ in
            AddStudents(course: scene.course, usernames: names("outside"))
        },
        Right("ApproveStudents", .e401, .e403, .e403, .yes, .e403) { scene, _ in
            ApproveStudents(course: scene.course, usernames: names("inside"))
        },
        Right("RejectStudents", .e401, .e403, .e403, .yes, .e403) { scene, _ in
            RejectStudents(allOf: scene.course)
        },
        Right("RemoveStudents", .e401, .e403, .e403, .yes, .e403) { scene, _ in
            RemoveStudents(course: scene.course, usernames: names("inside"))
        },
        Right("ListMaterials", .e401, .e403, .yes, .yes, .e403) { scene, _ in
            ListMaterials(course: scene.course)
        },
        Right("ShowMaterial", .e401, .e403, .yes, .yes, .e403) { scene, _ in
            ShowMaterial(material: scene.material)
        },
        Right("AddMaterial", .e401, .e403, .e403, .yes, .e403) { scene, _ in
            AddMaterial(course: scene.course, title: "Week 3", description: "x")
        },
        Right("EditMaterial", .e401, .e403, .e403, .yes, .e403) { scene, _ in
            EditMaterial(material: scene.material, title: "Week 0", position: 2)
        },
        Right("MoveMaterial", .e401, .e403, .e403, .yes, .e403) { scene, _ in
            MoveMaterial(material: scene.material, behind: scene.second)
        },
        // A draft.
        Right("ShowMaterial", .e401, .e403, .e404, .yes, .e403) { scene, _ in
            _ = try await scene.people[.to]?.perform(
                EditMaterial(material: scene.material, MaterialFields(hidden: true)))
            return ShowMaterial(material: scene.material)
        },
        // One that is not out yet, under its course.
        Right("ShowMaterial", .e401, .e403, .e404, .yes, .e403) { scene, _ in
            _ = try await scene.people[.to]?.perform(
                EditMaterial(material: scene.material, MaterialFields(releaseDate: "2999-01-01")))
            return ShowMaterial(material: scene.material, course: scene.course)
        },
        Right("ListMaterials", .e401, .e403, .e403, .yes, .e403) { scene, _ in
            ListMaterials(course: scene.course, asStudent: true)
        },
        Right("DeleteMaterial", .e401, .e403, .e403, .yes, .e403) { scene, _ in
            DeleteMaterial(material: scene.material)
        },
        Right("ListTrash", .e401, .e403, .e403, .yes, .e403) { scene, _ in ListTrash(course: scene.course) },
        Right("RestoreTrash", .e401, .e403, .e403, .yes, .e404) { scene, _ in
            RestoreTrash(entry: try await trashed(scene))
        },
        Right("EmptyTrash", .e401, .e403, .e403, .yes, .e404, tc: .e403) { scene, _ in
            EmptyTrash(entries: [try await trashed(scene)])
        },
        Right("ApplyCourseFiles", .e401, .e403, .e403, .yes, .e403) { scene, _ in
            ApplyCourseFiles(files: courseFile(scene))
        },
        Right("DiffCourseFiles", .e401, .e403, .e403, .yes, .e403) { scene, _ in
            DiffCourseFiles(files: courseFile(scene))
        },
        Right("ExportCourse", .e401, .e403, .e403, .yes, .e403) { scene, _ in
            ExportCourse(course: scene.course)
        },
    ]

    /// The key of the course, which is its way in from now on.
    private static func key(_ scene: Scene) async throws -> EnrollmentKey? {
        let owner = scene.people[.to]
        _ = try await owner?.perform(EditCourse(course: scene.course, enrollment: .key))
        return try await owner?.perform(ShowKey(course: scene.course)).key
    }

    /// A material of the course in the trash.
    private static func trashed(_ scene: Scene) async throws -> TrashReference {
        guard let owner = scene.people[.to] else { throw Missing(what: "the owner") }
        let material = try await owner.makeMaterial("Gone", in: scene.course)
        guard let id = try await owner.perform(DeleteMaterial(material: material)).record.trash else {
            throw Missing(what: "an entry of the trash")
        }
        return TrashReference("\(id)")
    }

    private static func courseFile(_ scene: Scene) -> [CourseFile] {
        [CourseFile(name: "f", text: "course: \(scene.course)\ntitle: New", attachments: [])]
    }

    /// The same acts on a course that is not there, and on a material by an id that is not there.
    package static let missing: [Right] = [
        SearchTexts(words: "", course: "none"), ShowCourse(course: "none"), ExportCourse(course: "none"),
        EditCourse(course: "none", title: ""), DeleteCourse(course: "none"),
        JoinCourse(course: "none"), JoinCourse(course: "none", key: EnrollmentKey("")), ShowKey(course: "none"),
        ChangeKey(course: "none", useLimit: -1),
        LeaveCourse(course: "none"), ListRoster(course: "none"),
        ListLog(course: "none"), ListNews(since: "x", course: "none", limit: 0), ListTeachers(course: "none", limit: 0),
        AddTeachers(course: "none", usernames: names("nobody")), RemoveTeachers(course: "none", usernames: []),
        TransferCourse(course: "none", to: Username("nobody")),
        ArchiveCourse(course: "none"), UnarchiveCourse(course: "none"), CopyCourse(course: "none", code: CourseCode("1")),
        AddStudents(course: "none", usernames: names("nobody")), ApproveStudents(allOf: "none"),
        RejectStudents(allOf: "none"),
        RemoveStudents(course: "none", usernames: []), ListMaterials(course: "none", limit: 0),
        AddMaterial(course: "none", description: ""), ShowMaterial(material: MaterialReference("99")),
        EditMaterial(material: MaterialReference("99"), title: ""),
        DeleteMaterial(material: MaterialReference("99")),
        MoveMaterial(material: MaterialReference("99")), MoveMaterial(material: MaterialReference("1"), course: "none"),
        ShowMaterial(material: MaterialReference("1"), course: "none"),
        EditMaterial(material: MaterialReference("1"), course: "none"),
        DeleteMaterial(material: MaterialReference("1"), course: "none"),
    ].map { (useCase: any UseCase) in
        Right("\(type(of: useCase))", .e401, .e404, .e404, .e404, .e404) { _, _ in useCase }
    }

    /// The names of the core's use cases, as its sources declare them.
    package static func useCasesOfTheCore() throws -> Set<String> {
        let declaration = /struct\s+(\w+)[^{]*:[^{]*\b(?:Query|Mutation|UseCase)\b/
        var found: Set<String> = []
        for file in try SourceTree.files(under: "Sources/LMSCore") {
            for match in try SourceTree.text(of: file).matches(of: declaration) {
                found.insert(String(match.1))
            }
        }
        return found
    }
}
