/* What the grid offers to rules, for C. The page on rules says what each function does. */
#ifndef GRID_H
#define GRID_H

typedef int i32;
typedef unsigned int u32;
typedef long long i64;

#define GRID(name) __attribute__((import_module("grid"), import_name(#name)))
#define RULE(name) __attribute__((export_name(#name)))

GRID(key_len) u32 grid_key_len(void);
GRID(key_read) u32 grid_key_read(void *to, u32 length, u32 offset);
GRID(value_len) i32 grid_value_len(void);
GRID(value_read) i32 grid_value_read(void *to, u32 length, u32 offset);
GRID(value_version) i64 grid_value_version(void);
GRID(value_deadline) i64 grid_value_deadline(void);
GRID(arg_count) u32 grid_arg_count(void);
GRID(arg_len) i32 grid_arg_len(u32 index);
GRID(arg_read) i32 grid_arg_read(u32 index, void *to, u32 length, u32 offset);
GRID(set) void grid_set(const void *from, u32 length);
GRID(delete) i32 grid_delete(void);
GRID(expire) i32 grid_expire(i64 millis);
GRID(result) void grid_result(const void *from, u32 length);
GRID(now) i64 grid_now(void);
GRID(log) void grid_log(const char *text, u32 length);
GRID(fail) _Noreturn void grid_fail(const char *text, u32 length);

#define GRID_FAIL(text) grid_fail(text, sizeof text - 1)

#endif
