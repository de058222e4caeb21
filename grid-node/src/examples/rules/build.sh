#!/bin/sh
# Makes the examples anew. Debian: apt-get install clang lld rustc libstd-rust-dev-wasm32; with
# rustup: rustup target add wasm32-unknown-unknown. RUSTC names another compiler. CI does not run it:
# the modules are checked in.
set -eu
cd "$(dirname "$0")"
: "${RUSTC:=rustc}"

clang --target=wasm32 -O2 -nostdlib -ffreestanding -Wall -Wextra -Werror \
  -Wl,--no-entry -Wl,--strip-debug -Wl,-z,stack-size=16384 -o c/fraud.wasm c/fraud.c

"$RUSTC" --edition 2021 --target wasm32-unknown-unknown --crate-type cdylib \
  -C opt-level=2 -C panic=abort -C lto=yes -C strip=debuginfo -C link-arg=-zstack-size=16384 \
  -C link-arg=--no-entry -D warnings -o rust/fraud.wasm rust/fraud.rs

ls -l c/fraud.wasm rust/fraud.wasm
