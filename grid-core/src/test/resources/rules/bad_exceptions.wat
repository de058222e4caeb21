(module (tag $t) (func (export "f") (throw $t)))
