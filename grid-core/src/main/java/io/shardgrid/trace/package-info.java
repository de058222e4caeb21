/** Traces: whom an operation belongs to, whether it is followed, and how spans are opened. */
@NullMarked
package io.shardgrid.trace;

import org.jspecify.annotations.NullMarked;
