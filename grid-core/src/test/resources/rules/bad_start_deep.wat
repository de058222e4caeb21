(module (func $s (call $s)) (start $s) (func (export "f")))
