package import LMSDatabase

/// A row's number. One type for each table, so that one cannot be taken for another.
package protocol Identifier:
    RecordID, RawRepresentable<Int64>, Hashable, CustomStringConvertible, ValueConvertible
{
    init(rawValue: Int64)
}

extension Identifier {
    package var description: String { String(rawValue) }

    /// Reads an id as users write it; `nil` for anything else.
    package init?(_ text: String) {
        guard let number = parseID(text) else { return nil }
        self.init(rawValue: number)
    }
}

package struct UserID: Identifier {
    package let rawValue: Int64
    package init(rawValue: Int64) { self.rawValue = rawValue }
}

package struct SessionID: Identifier {
    package let rawValue: Int64
    package init(rawValue: Int64) { self.rawValue = rawValue }
}

package struct CourseID: Identifier {
    package let rawValue: Int64
    package init(rawValue: Int64) { self.rawValue = rawValue }
}

package struct EnrollmentID: Identifier {
    package let rawValue: Int64
    package init(rawValue: Int64) { self.rawValue = rawValue }
}

package struct MaterialID: Identifier {
    package let rawValue: Int64
    package init(rawValue: Int64) { self.rawValue = rawValue }
}

/// An entry of the log.
package struct AuditID: Identifier {
    package let rawValue: Int64
    package init(rawValue: Int64) { self.rawValue = rawValue }
}

/// Something that was taken away.
package struct TrashID: Identifier {
    package let rawValue: Int64
    package init(rawValue: Int64) { self.rawValue = rawValue }
}

/// The number of a course or of a material, whichever was found.
package struct FoundID: Identifier {
    package let rawValue: Int64
    package init(rawValue: Int64) { self.rawValue = rawValue }
}
