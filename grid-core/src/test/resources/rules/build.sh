#!/bin/sh
# Makes the modules of the tests anew from their text. Needs wat2wasm (Debian: wabt).
set -eu
cd "$(dirname "$0")"
for text in *.wat; do
  wat2wasm --enable-tail-call --enable-threads --enable-exceptions --debug-names "$text" \
    -o "${text%.wat}.wasm"
done
