/** A fuzzer that is guided by coverage, and what it tries: targets beside what they are about. */
@NullMarked
package io.shardgrid.fuzz;

import org.jspecify.annotations.NullMarked;
