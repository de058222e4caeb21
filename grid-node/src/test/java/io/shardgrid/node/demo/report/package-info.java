/** Tests of the package. */
@NullMarked
package io.shardgrid.node.demo.report;

import org.jspecify.annotations.NullMarked;
