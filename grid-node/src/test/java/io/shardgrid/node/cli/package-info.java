/** Tests of the package. */
@NullMarked
package io.shardgrid.node.cli;

import org.jspecify.annotations.NullMarked;
