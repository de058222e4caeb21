/** What came of a day of a grid that scales itself, as a page and as text. */
@NullMarked
package io.shardgrid.node.demo.report;

import org.jspecify.annotations.NullMarked;
