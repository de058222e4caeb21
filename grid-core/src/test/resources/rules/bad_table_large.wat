(module (table 10001 funcref) (func (export "f")))
