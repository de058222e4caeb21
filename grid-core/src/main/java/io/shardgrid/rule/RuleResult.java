package io.shardgrid.rule;

/**
 * What came of a call.
 *
 * @param value the answer: bytes if the rule told some, else the function's number, else nothing
 * @param effect what becomes of the entry; the engine itself changes none
 */
public record RuleResult(RuleValue value, RuleEffect effect) {}
