(module (import "grid" "key_len" (global i32)))
