#!/usr/bin/env bash
# dist/notesai becomes dist/notesai-VERSION-MACHINE.AppImage: the runtime, a program that mounts or
# unpacks what follows it and starts AppRun there, and a squashfs. APPIMAGE_RUNTIME names the runtime,
# which is no part of Debian; it reads squashfs packed by zstd.
# Usage: APPIMAGE_RUNTIME=FILE packaging/linux/appimage.sh VERSION
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
version=$1
image=dist/notesai-$version-$(uname -m).AppImage
[ -f "${APPIMAGE_RUNTIME:-}" ] || {
    echo "No runtime: get it from https://github.com/AppImage/type2-runtime/releases, and name it by APPIMAGE_RUNTIME." >&2
    exit 1
}
command -v mksquashfs >/dev/null || {
    echo "No mksquashfs: apt-get install squashfs-tools." >&2
    exit 1
}

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
tree=$stage/tree
mkdir -p "$tree/usr/lib" "$tree/usr/share/metainfo"
cp -a dist/notesai "$tree/usr/lib/notesai"
ln -s usr/lib/notesai/notesai "$tree/AppRun"
cp packaging/linux/ai.notesai.app.desktop "$tree/"
cp dist/facts/ai.notesai.app.metainfo.xml "$tree/usr/share/metainfo/ai.notesai.app.appdata.xml"
cp dist/facts/icons/notesai-256.png "$tree/notesai.png"
ln -s notesai.png "$tree/.DirIcon"
chmod 755 "$tree"

mksquashfs "$tree" "$stage/payload" -quiet -no-progress -root-owned -noappend \
    -comp zstd -Xcompression-level 15 -b 256K
cat "$APPIMAGE_RUNTIME" "$stage/payload" >"$image"
chmod 755 "$image"
echo "$image"
