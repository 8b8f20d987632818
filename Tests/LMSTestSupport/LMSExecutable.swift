package import Foundation

/// The `lms` that was built together with the tests.
package enum LMSExecutable {
    /// The folder that holds the executable: the one of the test bundle.
    package static let folder: URL = {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let candidates = [own, CommandLine.arguments[0]] + Bundle.allBundles.map(\.bundlePath)
        return candidates.map { URL(fileURLWithPath: $0).deletingLastPathComponent() }
            .first { FileManager.default.isExecutableFile(atPath: $0.appending(path: "lms").path) }
            ?? URL(fileURLWithPath: own).deletingLastPathComponent()
    }()

    package static var path: String { folder.appending(path: "lms").path }
}
