/** Tests of the package. */
@NullMarked
package io.shardgrid.node.demo;

import org.jspecify.annotations.NullMarked;
