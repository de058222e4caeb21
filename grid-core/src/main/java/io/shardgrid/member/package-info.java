/** Who is heard by whom, and which members the cluster does without. */
@NullMarked
package io.shardgrid.member;

import org.jspecify.annotations.NullMarked;
