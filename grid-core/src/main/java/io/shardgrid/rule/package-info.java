/**
 * Rules in WebAssembly: modules checked, compiled and run in a sandbox, on threads of their own.
 */
@NullMarked
package io.shardgrid.rule;

import org.jspecify.annotations.NullMarked;
