/** Code with faults in it, to see that the fuzzer finds them. */
@NullMarked
package io.shardgrid.fuzz.planted;

import org.jspecify.annotations.NullMarked;
