// swift-tools-version: 6.1

import PackageDescription

let swiftSettings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    // Generic code is made for its types across our modules: rows, and the JSON of answers.
    .unsafeFlags(["-cross-module-optimization"], .when(configuration: .release)),
]

/// `make fuzz` alone builds it, with sanitizers, in a place of its own.
let fuzzing: [Target] =
    Context.environment["LMS_FUZZING"] == nil
    ? []
    : [
        .executableTarget(
            name: "fuzz-parsers",
            dependencies: ["LMSCommands", "LMSHTTP", "LMSCore", "LMSText", "LMSDatabase"],
            path: "Tests/Fuzzing/Parsers", swiftSettings: swiftSettings,
            // The usual linker ends with an internal error at the sanitizers' symbols.
            linkerSettings: [.unsafeFlags(["-use-ld=lld"])])
    ]

/// Descriptors, paths and errors of the system: each module that reads or writes files calls it by these.
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")

let package = Package(
    name: "lms",
    traits: [.trait(name: "PostgreSQL", description: "A database on PostgreSQL, by libpq")],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        // Comes with SwiftNIO in any case.
        .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
    ],
    targets: [
        .systemLibrary(name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
        // Its pkg-config file names a flag that SwiftPM warns of, and nothing that is needed.
        .systemLibrary(name: "CUTF8Proc", providers: [.apt(["libutf8proc-dev"])]),
        .systemLibrary(name: "CYaml", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CPostgreSQL", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        // The GNU C library's own settings of malloc, which no module of Swift's has.
        .systemLibrary(name: "CMalloc"),
        // Its functions of mathematics, which a static executable gets from nowhere else.
        .target(name: "CSQLite", linkerSettings: [.linkedLibrary("sqlite3"), .linkedLibrary("m")]),
        .target(
            name: "LMSDatabase",
            dependencies: [
                "CSQLite", system,
                .target(name: "CPostgreSQL", condition: .when(traits: ["PostgreSQL"])),
            ],
            swiftSettings: swiftSettings),
        .target(name: "LMSText", dependencies: ["CUTF8Proc", "CYaml"], swiftSettings: swiftSettings),
        .target(name: "LMSCommandLine", dependencies: ["LMSText"], swiftSettings: swiftSettings),
        .target(
            name: "LMSCore", dependencies: ["LMSDatabase", "LMSText", "CSodium"],
            swiftSettings: swiftSettings),
        .target(
            name: "LMSHTTP",
            dependencies: [
                "LMSCore", "LMSText", "CMalloc", system,
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOTLS", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: swiftSettings),
        .target(
            name: "LMSCommands",
            dependencies: [
                "LMSHTTP", "LMSCore", "LMSCommandLine", "LMSText", system,
            ],
            swiftSettings: swiftSettings),
        .executableTarget(
            name: "lms", dependencies: ["LMSCommands"], swiftSettings: swiftSettings,
            linkerSettings: [
                .unsafeFlags(["-Xlinker", "--gc-sections", "-Xlinker", "-s"], .when(configuration: .release))
            ]),
        .target(
            name: "LMSTestSupport", dependencies: ["LMSCore", "LMSText", "LMSDatabase"],
            path: "Tests/LMSTestSupport", swiftSettings: swiftSettings),
        .testTarget(
            name: "LMSDatabaseTests", dependencies: ["LMSDatabase", "LMSTestSupport", system],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "LMSCommandLineTests", dependencies: ["LMSCommandLine"], swiftSettings: swiftSettings),
        .testTarget(name: "LMSTextTests", dependencies: ["LMSText", "LMSTestSupport"], swiftSettings: swiftSettings),
        .testTarget(
            name: "LMSCoreTests", dependencies: ["LMSCore", "LMSText", "LMSTestSupport"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "LMSHTTPTests",
            dependencies: [
                "LMSHTTP", "LMSCore", "LMSText", "LMSTestSupport",
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "LMSCommandsTests",
            dependencies: [
                "LMSCommands", "LMSCommandLine", "LMSText", "LMSTestSupport",
            ],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "lms", "LMSCommands", "LMSCommandLine", "LMSCore", "LMSText", "LMSDatabase", "LMSTestSupport",
            ],
            exclude: ["Guides", "Schemas", "Transcripts"], swiftSettings: swiftSettings),
    ] + fuzzing,
    swiftLanguageModes: [.v6]
)
