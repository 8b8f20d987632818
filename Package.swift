// swift-tools-version: 6.1

import PackageDescription

let swiftSettings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
    name: "lms",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    ],
    targets: [
        .systemLibrary(name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
        .target(name: "CSQLite", linkerSettings: [.linkedLibrary("sqlite3")]),
        .target(
            name: "LMSDatabase",
            dependencies: ["CSQLite", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: swiftSettings),
        .target(
            name: "LMSCore", dependencies: ["LMSDatabase", "CSodium"], swiftSettings: swiftSettings),
        .target(
            name: "LMSCommands",
            dependencies: [
                "LMSCore", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: swiftSettings),
        .executableTarget(
            name: "lms", dependencies: ["LMSCommands"], swiftSettings: swiftSettings,
            linkerSettings: [
                .unsafeFlags(["-Xlinker", "--gc-sections", "-Xlinker", "-s"], .when(configuration: .release))
            ]),
        .executableTarget(
            name: "bare-argon2", dependencies: ["CSodium"], path: "Tests/Benchmarks/BareArgon2"),
        .target(
            name: "LMSTestSupport", dependencies: ["LMSCore", "LMSDatabase"],
            path: "Tests/LMSTestSupport", swiftSettings: swiftSettings),
        .testTarget(
            name: "LMSDatabaseTests", dependencies: ["LMSDatabase", "LMSTestSupport"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "LMSCoreTests", dependencies: ["LMSCore", "LMSTestSupport"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "LMSCommandsTests",
            dependencies: [
                "LMSCommands", "LMSTestSupport",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "lms", "LMSCommands", "LMSTestSupport",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            exclude: ["Transcripts"], swiftSettings: swiftSettings),
    ],
    swiftLanguageModes: [.v6]
)
