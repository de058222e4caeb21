/** The rules of the house, checked on the compiled classes of each module. */
@NullMarked
package io.shardgrid.architecture;

import org.jspecify.annotations.NullMarked;
