// swift-tools-version: 6.2
// Measures how fast Onrecord reads. A package of its own, so that no one who uses the library builds it.
//
//     swift run -c release --package-path Benchmarks onrecord-bench [FILE.jsonl]
//     swift run -c release --package-path Benchmarks intake-bench warc|feed FILE…
//     swift run -c release --package-path Benchmarks record-bench RECORD [FILE.jsonl]
//     swift run -c release --package-path Benchmarks intake-bench FOLDER

import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "onrecord-benchmarks",
    platforms: [.macOS(.v26)],
    dependencies: [
        // Named, because the folder of a clone may be called anything.
        .package(name: "onrecord", path: "..")
    ],
    targets: [
        .executableTarget(
            name: "onrecord-bench", dependencies: [.product(name: "Onrecord", package: "onrecord")],
            swiftSettings: settings),
        .executableTarget(
            name: "intake-bench", dependencies: [.product(name: "Onrecord", package: "onrecord")],
            swiftSettings: settings),
        .executableTarget(
            name: "intake-fuzz", dependencies: [.product(name: "Onrecord", package: "onrecord")],
            swiftSettings: settings),
        .executableTarget(
            name: "record-bench",
            dependencies: [
                .product(name: "Onrecord", package: "onrecord"), .product(name: "Record", package: "onrecord"),
            ], swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)
