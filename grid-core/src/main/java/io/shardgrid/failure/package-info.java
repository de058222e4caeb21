/** The exceptions of the public API. */
@NullMarked
package io.shardgrid.failure;

import org.jspecify.annotations.NullMarked;
