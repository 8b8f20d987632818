// swift-tools-version: 6.1

import PackageDescription

/// A server that `make bench` holds lms against. It is a package of its own, so that who builds lms does not build Hummingbird.
let package = Package(
    name: "references",
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: [])
    ],
    targets: [
        .executableTarget(
            name: "hummingbird-hello",
            dependencies: [.product(name: "Hummingbird", package: "hummingbird")], path: "HummingbirdHello",
            linkerSettings: [
                .unsafeFlags(["-Xlinker", "--gc-sections", "-Xlinker", "-s"], .when(configuration: .release))
            ])
    ],
    swiftLanguageModes: [.v6]
)
