#!/usr/bin/env bash
# dist/notesai.app becomes dist/notesai-VERSION-macos-MACHINE.dmg; signed and notarised where the
# keys for that are there:
#   NOTESAI_IDENTITY  "Developer ID Application: …", in the keychain
#   NOTESAI_PROFILE   a profile that `xcrun notarytool store-credentials` has made,
#   NOTESAI_KEYCHAIN  in this keychain, if not in the person's own
# Usage: packaging/macos/package.sh VERSION
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
version=$1
app=dist/notesai.app
image=dist/notesai-$version-macos-$(uname -m).dmg
info=$app/Contents/Info.plist

plutil -replace CFBundleShortVersionString -string "$version" "$info"
plutil -replace CFBundleVersion -string "$version" "$info"

# Without an identity, "-": the app opens on this machine, and elsewhere after a right click.
identity=${NOTESAI_IDENTITY:--}
options=(--force --options runtime --entitlements packaging/macos/entitlements.plist --sign "$identity")
[ "$identity" = - ] || options+=(--timestamp)
find "$app/Contents" -type f \( -name '*.so' -o -name '*.dylib' \) -print0 |
    xargs -0 -n 20 codesign "${options[@]}"
# Qt's and Python's: what is signed in them has no ending.
find "$app/Contents" -type d -name '*.framework' -prune -print0 |
    xargs -0 -n 1 codesign "${options[@]}"
codesign "${options[@]}" "$app/Contents/MacOS/"*
codesign "${options[@]}" "$app"
codesign --verify --deep --strict "$app"

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
cp -R "$app" "$stage/"
ln -s /Applications "$stage/Applications"
hdiutil create -volname "notesai $version" -srcfolder "$stage" -ov -format ULMO "$image"

if [ -n "${NOTESAI_PROFILE:-}" ]; then
    codesign --sign "$identity" --timestamp "$image"
    xcrun notarytool submit "$image" --keychain-profile "$NOTESAI_PROFILE" --wait \
        ${NOTESAI_KEYCHAIN:+--keychain "$NOTESAI_KEYCHAIN"}
    xcrun stapler staple "$image"
fi
echo "$image"
