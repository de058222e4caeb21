//! What the grid offers to rules, for Rust. The page on rules says what each function does.

#![allow(dead_code)]

mod raw {
    #[link(wasm_import_module = "grid")]
    extern "C" {
        pub fn key_len() -> u32;
        pub fn key_read(to: *mut u8, length: u32, offset: u32) -> u32;
        pub fn value_len() -> i32;
        pub fn value_read(to: *mut u8, length: u32, offset: u32) -> i32;
        pub fn value_version() -> i64;
        pub fn value_deadline() -> i64;
        pub fn arg_count() -> u32;
        pub fn arg_len(index: u32) -> i32;
        pub fn arg_read(index: u32, to: *mut u8, length: u32, offset: u32) -> i32;
        pub fn set(from: *const u8, length: u32);
        pub fn delete() -> i32;
        pub fn expire(millis: i64) -> i32;
        pub fn result(from: *const u8, length: u32);
        pub fn now() -> i64;
        pub fn log(from: *const u8, length: u32);
        pub fn fail(from: *const u8, length: u32);
    }
}

/// The beginning of the key, as much as fits.
pub fn key(room: &mut [u8]) -> &[u8] {
    let length = unsafe { raw::key_read(room.as_mut_ptr(), room.len() as u32, 0) };
    &room[..length as usize]
}

/// The beginning of the value, as much as fits; none if there is no entry.
pub fn value(room: &mut [u8]) -> Option<&[u8]> {
    let length = unsafe { raw::value_read(room.as_mut_ptr(), room.len() as u32, 0) };
    usize::try_from(length).ok().map(|length| &room[..length])
}

/// The beginning of an argument behind the parameters, as much as fits.
pub fn arg(index: u32, room: &mut [u8]) -> Option<&[u8]> {
    let length = unsafe { raw::arg_read(index, room.as_mut_ptr(), room.len() as u32, 0) };
    usize::try_from(length).ok().map(|length| &room[..length])
}

/// Replaces the value.
pub fn set(value: &[u8]) {
    unsafe { raw::set(value.as_ptr(), value.len() as u32) }
}

/// Removes the entry; whether there was one.
pub fn delete() -> bool {
    unsafe { raw::delete() != 0 }
}

/// Ends the entry in so many milliseconds, 0 for never; whether there is one.
pub fn expire(millis: i64) -> bool {
    unsafe { raw::expire(millis) != 0 }
}

/// The answer, as bytes.
pub fn result(bytes: &[u8]) {
    unsafe { raw::result(bytes.as_ptr(), bytes.len() as u32) }
}

/// The shard's wall time in milliseconds since 1970.
pub fn now() -> i64 {
    unsafe { raw::now() }
}

/// Logs a line.
pub fn log(text: &str) {
    unsafe { raw::log(text.as_ptr(), text.len() as u32) }
}

/// Ends the call with an error that says this.
pub fn fail(text: &str) -> ! {
    unsafe { raw::fail(text.as_ptr(), text.len() as u32) }
    core::arch::wasm32::unreachable()
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}
