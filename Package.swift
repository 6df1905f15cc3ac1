// swift-tools-version: 6.2
// One target a stage of the pipeline, in the order in which a page passes through them (ARCHITECTURE.md).
// A target imports only those above it; the four findings never import each other.

import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

func stage(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
    .testTarget(
        name: name + "Tests",
        dependencies: [.byName(name: name), "TestSupport"] + dependencies,
        resources: resources,
        swiftSettings: settings)
}

let findings: [Target.Dependency] = ["Times", "Places", "Attributions", "Figures"]

let package = Package(
    name: "onrecord",
    platforms: [.macOS(.v26)],
    products: [
        .library(name: "Onrecord", targets: ["Onrecord", "Intake", "Stories"]),
        .library(name: "Record", targets: ["Record"]),
        .executable(name: "onrecord", targets: ["OnrecordCommand"]),
        .executable(name: "onrecord-train", targets: ["Training"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
        .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-docc-plugin", exact: "1.5.0"),
    ],
    targets: [
        // The nouns that all share.
        stage("Stories"),

        // Bytes to stories.
        .systemLibrary(
            name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(
            name: "CDeflate", pkgConfig: "libdeflate", providers: [.apt(["zlib1g-dev", "libdeflate-dev"])]),
        stage("Intake", ["Stories", "CLibXML2", "CDeflate", .product(name: "Crypto", package: "swift-crypto")]),

        // Stories to analyses.
        .target(
            name: "LanguageData",
            exclude: [
                "lexicon.bin", "gazetteer.bin", "network.bin", "attributions.bin", "link-counts.bin", "linking.bin",
            ]),
        .target(name: "Kernels"),
        stage("Language", ["Stories", "LanguageData", "Kernels"]),

        // Analyses to findings, one kind each.
        stage("Times", ["Stories", "Language"]),
        stage("Places", ["Stories", "Language", "LanguageData"]),
        stage("Attributions", ["Stories", "Language", "Kernels"]),
        stage("Figures", ["Stories", "Language"]),

        // Findings to a story's incidents, and incidents across stories.
        stage("Incidents", ["Stories", "Language"] + findings),

        // The façade: the only place where the stages meet.
        stage("Onrecord", ["Stories", "Intake", "Language", "Incidents"] + findings),

        // What is kept, and how people reach it.
        stage(
            "Record",
            ["Stories", "Onrecord", "Incidents", "Intake", .product(name: "GRDB", package: "GRDB.swift")]),
        stage(
            "Watch",
            [
                "Stories", "Intake", "Onrecord", "Record",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        stage(
            "Desk",
            [
                "Stories", "Record",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
            ]),
        .executableTarget(
            name: "OnrecordCommand",
            dependencies: [
                "Stories", "Intake", "Incidents", "Onrecord", "Record", "Watch", "Desk",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: settings),

        // Not needed at run time.
        .executableTarget(
            name: "Training",
            dependencies: [
                "Stories", "Intake", "Language", "Kernels", "Attributions", "Incidents",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "compile-data", dependencies: ["Language"], path: "Tools/compile-data", swiftSettings: settings),
        stage("TestSupport", ["Stories", "Intake", "Onrecord"]),

        tests("Stories"),
        tests("Intake", ["Stories", "CDeflate"]),
        tests("Language", ["Stories", "Kernels"]),
        tests("Times", ["Stories", "Language"]),
        tests("Places", ["Stories", "Language"]),
        tests("Attributions", ["Stories", "Language"]),
        tests("Figures", ["Stories", "Language"]),
        tests("Incidents", ["Stories", "Onrecord"]),
        tests("Onrecord", ["Stories", "Intake"], resources: [.copy("Goldens")]),
        tests("Record", ["Stories", "Intake", "Onrecord", .product(name: "GRDB", package: "GRDB.swift")]),
        tests(
            "Watch",
            [
                "Record", "Intake", "Stories",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        tests(
            "Desk",
            [
                "Record", "Onrecord", "Intake",
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
            ]),
        tests("OnrecordCommand", ["Record"]),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .c2x
)
