/** Whoever starts and ends nodes for the autoscaler: processes here, Kubernetes, a webhook. */
@NullMarked
package io.shardgrid.node.provision;

import org.jspecify.annotations.NullMarked;
