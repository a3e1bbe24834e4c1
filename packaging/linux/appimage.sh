#!/usr/bin/env bash
# dist/notesai becomes dist/notesai-VERSION-MACHINE.AppImage by appimagetool, which is no part of
# Debian: on the path, or named by APPIMAGETOOL.
# Usage: packaging/linux/appimage.sh VERSION
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
version=$1
tool=${APPIMAGETOOL:-appimagetool}
image=dist/notesai-$version-$(uname -m).AppImage
command -v "$tool" >/dev/null || {
    echo "No appimagetool: get it from https://github.com/AppImage/appimagetool, or name it by APPIMAGETOOL." >&2
    exit 1
}

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
mkdir -p "$stage/usr/lib" "$stage/usr/share/metainfo"
cp -a dist/notesai "$stage/usr/lib/notesai"
ln -s usr/lib/notesai/notesai "$stage/AppRun"
cp packaging/linux/ai.notesai.app.desktop "$stage/"
cp packaging/linux/ai.notesai.app.metainfo.xml "$stage/usr/share/metainfo/ai.notesai.app.appdata.xml"
cp dist/facts/icons/notesai-256.png "$stage/notesai.png"

ARCH=$(uname -m) "$tool" "$stage" "$image"
echo "$image"
