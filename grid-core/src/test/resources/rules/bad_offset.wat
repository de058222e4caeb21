(module (memory 1) (func (export "f") (result i32) (i32.load offset=2147483648 (i32.const 0))))
