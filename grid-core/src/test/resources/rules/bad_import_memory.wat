(module (import "grid" "memory" (memory 1)))
