internal import Foundation

/// The package's own files, for tests that read them.
package enum SourceTree {
    /// The folder of Package.swift.
    package static let root: String = {
        var url = URL(fileURLWithPath: #filePath)
        while url.path != "/" {
            url.deleteLastPathComponent()
            let manifest = url.appendingPathComponent("Package.swift").path
            if FileManager.default.fileExists(atPath: manifest) { break }
        }
        return url.path
    }()

    /// The files under a folder, Swift's unless it is said otherwise, by their path from the root.
    package static func files(under folder: String, suffix: String = ".swift") throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: "\(root)/\(folder)")
            .filter { $0.hasSuffix(suffix) }.map { "\(folder)/\($0)" }.sorted()
    }

    package static func text(of file: String) throws -> String {
        try String(contentsOfFile: "\(root)/\(file)", encoding: .utf8)
    }

    package static func lines(of file: String) throws -> [Substring] {
        try text(of: file).split(separator: "\n", omittingEmptySubsequences: false)
    }
}
