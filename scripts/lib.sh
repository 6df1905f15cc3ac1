# What scripts/run and scripts/test share: the folder, the compiler, Debian's packages. Sourced, not run.
# shellcheck shell=bash

cd "$(dirname "${BASH_SOURCE[0]}")/.."

if ! command -v swift >/dev/null; then
    for place in /opt/swift/usr/bin "$HOME/.local/share/swiftly/bin"; do
        if [ -x "$place/swift" ]; then PATH="$place:$PATH"; fi
    done
fi
if ! command -v swift >/dev/null; then
    echo "Swift 6.2 or newer is wanted: see https://www.swift.org/install/linux/" >&2
    exit 1
fi

# Header files and tools that the build needs, and the package of Debian's that brings each.
missing=()
[ -e /usr/include/sqlite3.h ] || missing+=(libsqlite3-dev)
[ -e /usr/include/libxml2/libxml/parser.h ] || missing+=(libxml2-dev)
[ -e /usr/include/zlib.h ] || missing+=(zlib1g-dev)
[ -e /usr/include/libdeflate.h ] || missing+=(libdeflate-dev)
[ -d /usr/include/c++ ] || missing+=(libstdc++-12-dev)
command -v pkg-config >/dev/null || missing+=(pkg-config)
command -v git >/dev/null || missing+=(git ca-certificates)
[ -e /usr/include/stdlib.h ] || missing+=(libc6-dev)
if [ ${#missing[@]} -gt 0 ] && command -v apt-get >/dev/null; then
    if [ "$(id -u)" -eq 0 ]; then
        apt-get update -qq >&2
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
    else
        echo "Packages are missing. Run: sudo apt-get install ${missing[*]}" >&2
        exit 1
    fi
fi
