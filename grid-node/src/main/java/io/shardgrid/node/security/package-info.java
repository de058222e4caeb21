/** Who may do what: users, roles, tokens, the checks of passwords, the audit log. */
@NullMarked
package io.shardgrid.node.security;

import org.jspecify.annotations.NullMarked;
