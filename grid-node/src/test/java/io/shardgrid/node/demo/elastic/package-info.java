/** Tests of the package. */
@NullMarked
package io.shardgrid.node.demo.elastic;

import org.jspecify.annotations.NullMarked;
