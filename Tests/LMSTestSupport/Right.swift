package import LMSCore
internal import Testing

/// Who asks, as the table of rights names them.
package enum Asker: String, CaseIterable {
    /// Nobody: no valid token.
    case an
    /// A student who is not enrolled, having left.
    case s0
    /// A student who is enrolled.
    case s1
    /// The owner.
    case to
    /// Another teacher.
    case tx
    /// A teacher of the course, who does not own it.
    case tc
    /// A student whose request to join is pending.
    case sp
    /// The owner, by a token that only reads.
    case toReadOnly
    /// The owner, by a token for the course alone.
    case toCut
    /// The owner, by a token for another course alone.
    case toElsewhere
}

/// What somebody gets: the answer, or an error.
package enum Verdict: Sendable, Equatable {
    case yes
    case no(LMSError.Code)

    package static let e401 = Verdict.no(.notSignedIn)
    package static let e403 = Verdict.no(.denied)
    package static let e404 = Verdict.no(.notFound)
}

/// One line of the table: a use case, and what each asker gets.
package struct Right: Sendable, CustomTestStringConvertible {
    /// The name of the use case's type.
    package let name: String
    package let verdicts: [Asker: Verdict]
    package let make: @Sendable (Scene, Person?) async throws -> any UseCase

    /// - Parameters:
    ///   - tc: What a teacher of the course gets: what its owner gets, where nothing is said.
    ///   - sp: What a student gets who has asked to join: what one outside gets, where nothing is said.
    package init(
        _ name: String, _ an: Verdict, _ s0: Verdict, _ s1: Verdict, _ to: Verdict, _ tx: Verdict,
        tc: Verdict? = nil, sp: Verdict? = nil,
        _ make: @escaping @Sendable (Scene, Person?) async throws -> any UseCase
    ) {
        self.name = name
        verdicts = [.an: an, .s0: s0, .s1: s1, .to: to, .tx: tx, .tc: tc ?? to, .sp: sp ?? s0]
        self.make = make
    }

    package var testDescription: String { name }

    package func verdict(for asker: Asker) throws -> Verdict {
        let owner = try #require(verdicts[.to])
        return switch asker {
        case .toReadOnly: Self.reading.contains(name) || name == "LogOut" || isOpen ? owner : .e403
        case .toCut: Self.beyondCourses.contains(name) ? .e403 : owner
        case .toElsewhere where Self.beyondCourses.contains(name): .e403
        // What is in a course of another token is not there; a file would make it anew.
        case .toElsewhere where Self.byFiles.contains(name): .e403
        case .toElsewhere: Self.ofNoCourse.contains(name) ? owner : .e404
        default: try #require(verdicts[asker])
        }
    }

    /// What somebody gets where the course is archived: who could write there may not.
    ///
    /// - Parameter writes: Whether the use case is of a class that writes.
    package func verdictOfArchived(for asker: Asker, writes: Bool) throws -> Verdict {
        let usual = try verdict(for: asker)
        guard writes ? !Self.ofArchived.contains(name) : name == "DiffCourseFiles" else { return usual }
        let isToldFirst = name == "LeaveCourse" && asker == .s0
        return usual == .yes || isToldFirst ? .e403 : usual
    }

    /// What writes, and not in a course that is there: or may be done to an archived one.
    private static let ofArchived: Set = [
        "RegisterUser", "LogIn", "LogOut", "EditProfile", "ChangePassword", "CreateToken", "RevokeToken", "CreateCourse",
        "DeleteCourse", "ArchiveCourse", "UnarchiveCourse", "CopyCourse",
    ]

    private var isOpen: Bool { verdicts[.an] == .yes }

    // MARK: - Tokens that can do less

    /// What changes nothing.
    private static let reading: Set = [
        "WhoAmI", "ListTokens", "ListCourses", "SearchTexts", "ShowCourse", "ListRoster", "ListLog", "ListNews", "ListMaterials",
        "ShowMaterial", "DiffCourseFiles", "ExportCourse", "ListTeachers", "ShowKey",
        "ShowProfile", "ShowPersonalData", "ListTrash",
    ]
    /// What goes beyond the courses of a token.
    private static let beyondCourses: Set = [
        "ChangePassword", "CreateToken", "ListTokens", "RevokeToken", "CreateCourse", "DeleteCourse", "JoinCourse", "LeaveCourse",
        "AddTeachers", "RemoveTeachers", "TransferCourse", "ArchiveCourse", "UnarchiveCourse", "CopyCourse", "ShowProfile",
        "EditProfile", "ShowPersonalData", "ShowKey", "ChangeKey",
    ]
    private static let byFiles: Set = ["ApplyCourseFiles", "DiffCourseFiles"]
    /// What names no course.
    private static let ofNoCourse: Set = ["RegisterUser", "LogIn", "LogOut", "WhoAmI", "ListCourses"]
}
