;; What ends at a limit, and what traps.
(module
  (memory (export "memory") 1)
  (table 4 funcref)
  (type $none (func))
  (type $to_i64 (func (result i64)))
  (elem (i32.const 0) $nothing)

  (func $nothing)

  (func (export "loop_plain") (loop $again (br $again)))
  (func (export "loop_if") (loop $again (br_if $again (i32.const 1))))
  (func (export "loop_table") (loop $again (br_table $again $again (i32.const 0))))
  (func (export "loop_call") (loop $again (call $nothing) (br_if $again (i32.const 1))))
  (func (export "loop_indirect")
    (loop $again (call_indirect (type $none) (i32.const 0)) (br_if $again (i32.const 1))))
  (func (export "loop_fill")
    (drop (memory.grow (i32.const 200)))
    (loop $again
      (memory.fill (i32.const 0) (i32.const 1) (i32.const 13000000))
      (br_if $again (i32.const 1))))

  ;; 2^40 calls, at most 40 deep.
  (func $tree (export "tree") (param $depth i32)
    (if (local.get $depth)
      (then
        (call $tree (i32.sub (local.get $depth) (i32.const 1)))
        (call $tree (i32.sub (local.get $depth) (i32.const 1))))))

  (func $deep (export "deep") (result i32) (i32.add (call $deep) (i32.const 1)))
  (func $ping (export "ping") (param i64) (result i64) (call $pong (local.get 0)))
  (func $pong (param i64) (result i64) (i64.add (call $ping (local.get 0)) (i64.const 1)))
  ;; The deepest call is the first that compares unsigned and copies memory.
  (func $deep_copy (export "deep_copy") (param i32) (result i32)
    (if (result i32) (i32.eqz (local.get 0))
      (then
        (memory.copy (i32.const 0) (i32.const 8) (i32.const 8))
        (i32.ge_u (local.get 0) (i32.const 1)))
      (else (i32.add (call $deep_copy (i32.sub (local.get 0) (i32.const 1))) (i32.const 1)))))

  ;; Pages that could be had, all written to.
  (func (export "bomb") (result i32)
    (loop $again
      (if (i32.ne (memory.grow (i32.const 1)) (i32.const -1))
        (then
          (i32.store8
            (i32.sub (i32.mul (memory.size) (i32.const 65536)) (i32.const 1)) (i32.const 1))
          (br $again))))
    (memory.size))
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
  (func (export "grow_table") (param i32) (result i32)
    (table.grow 0 (ref.null func) (local.get 0)))

  (func (export "unreachable") unreachable)
  (func (export "div") (param i32 i32) (result i32) (i32.div_s (local.get 0) (local.get 1)))
  (func (export "rem") (param i64 i64) (result i64) (i64.rem_u (local.get 0) (local.get 1)))
  (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))
  (func (export "load_behind") (param i32) (result i32)
    (i32.load offset=2147483647 (local.get 0)))
  (func (export "store") (param i32) (i64.store (local.get 0) (i64.const 1)))
  (func (export "fill") (param i32 i32)
    (memory.fill (local.get 0) (i32.const 1) (local.get 1)))
  (func (export "copy") (param i32 i32 i32)
    (memory.copy (local.get 0) (local.get 1) (local.get 2)))
  (func (export "indirect_null") (call_indirect (type $none) (i32.const 1)))
  (func (export "indirect_outside") (call_indirect (type $none) (i32.const 4)))
  (func (export "indirect_mismatch") (result i64)
    (call_indirect (type $to_i64) (i32.const 0)))
  (func (export "trunc") (result i32) (i32.trunc_f64_s (f64.const nan)))

  ;; Results of every type, and what cannot be called.
  (func (export "i32_result") (param i32) (result i32) (local.get 0))
  (func (export "i64_result") (param i64) (result i64) (local.get 0))
  (func (export "no_result"))
  (func (export "two_results") (result i32 i32) (i32.const 1) (i32.const 2))
  (func (export "float") (param f64) (result f64) (local.get 0))
  (func (export "many") (param i32 i64 i32 i64 i32 i64 i32 i64 i32 i64) (result i64)
    (i64.add (i64.extend_i32_s (local.get 0)) (local.get 9)))
  (global (export "a_global") i32 (i32.const 1)))
