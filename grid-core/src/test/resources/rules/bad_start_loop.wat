(module (func $s (loop $again (br_if $again (i32.const 1)))) (start $s) (func (export "f")))
