package io.shardgrid.rule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class EntryDraftTest {

  private static final byte[] OLD = {1};
  private static final byte[] NEW = {2};

  @Test
  void hasNoEffectWhereNothingIsDone() {
    assertThat(new EntryDraft(OLD, 9).effect()).isEqualTo(RuleEffect.NONE);
    assertThat(new EntryDraft(null, 0).effect()).isEqualTo(RuleEffect.NONE);
  }

  @Test
  void keepsTheDeadlineOfAnEntryThatIsReplaced() {
    var draft = new EntryDraft(OLD, 9);
    draft.set(NEW);
    assertThat(draft.effect()).isEqualTo(new RuleEffect.Put(NEW, 9));
  }

  @Test
  void makesAnEntryAnewBehindADelete() {
    var draft = new EntryDraft(OLD, 9);
    assertThat(draft.delete()).isTrue();
    assertThat(draft.delete()).isFalse();
    assertThat(draft.effect()).isEqualTo(RuleEffect.DELETE);
    assertThat(draft.expire(5)).isFalse();
    draft.set(NEW);
    assertThat(draft.effect()).isEqualTo(new RuleEffect.Put(NEW, 0));
  }

  @Test
  void removesWhatItMadeItself() {
    var draft = new EntryDraft(null, 0);
    draft.set(NEW);
    assertThat(draft.delete()).isTrue();
    assertThat(draft.effect()).isEqualTo(RuleEffect.NONE);
    assertThat(draft.value()).isNull();
  }

  @Test
  void writesAnEntryThatOnlyEndsAtAnotherTime() {
    var draft = new EntryDraft(OLD, 9);
    assertThat(draft.expire(20)).isTrue();
    assertThat(draft.effect()).isEqualTo(new RuleEffect.Put(OLD, 20));
  }
}
