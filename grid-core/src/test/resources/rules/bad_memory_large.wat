(module (memory 257) (func (export "f")))
