package io.shardgrid.rule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CallWatchTest {

  private static final long LIMIT = 100;
  private static final long GRACE = 1000;

  private final CallWatch watch = new CallWatch(LIMIT, GRACE);
  private final WorkerState state = new WorkerState();

  private CallWatch.Verdict judged(long nowNanos) {
    return watch.judge(state.word(), nowNanos);
  }

  @Test
  void interruptsACallThatIsSeenForTheLimit() {
    state.begin();
    assertThat(judged(1000)).isEqualTo(CallWatch.Verdict.NONE);
    assertThat(judged(1000 + LIMIT - 1)).isEqualTo(CallWatch.Verdict.NONE);
    assertThat(judged(1000 + LIMIT)).isEqualTo(CallWatch.Verdict.INTERRUPT);
  }

  @Test
  void letsCallsPassThatFollowEachOther() {
    for (int i = 0; i < 10; i++) {
      state.begin();
      assertThat(judged(1000 + i * LIMIT)).isEqualTo(CallWatch.Verdict.NONE);
      assertThat(state.end()).isTrue();
    }
    assertThat(judged(1_000_000)).isEqualTo(CallWatch.Verdict.NONE);
    assertThat(judged(2_000_000)).as("idle").isEqualTo(CallWatch.Verdict.NONE);
  }

  @Test
  void givesUpWhatGoesOnAfterItsInterruption() {
    state.begin();
    judged(0);
    assertThat(judged(LIMIT)).isEqualTo(CallWatch.Verdict.INTERRUPT);
    state.interrupt(state.word(), Thread.currentThread());
    assertThat(Thread.interrupted()).isTrue();
    assertThat(judged(LIMIT + 1)).isEqualTo(CallWatch.Verdict.NONE);
    assertThat(judged(LIMIT + GRACE)).isEqualTo(CallWatch.Verdict.NONE);
    assertThat(judged(LIMIT + GRACE + 1)).isEqualTo(CallWatch.Verdict.ABANDON);
    assertThat(state.abandon(state.word())).isTrue();
    assertThat(state.end()).as("somebody else has told").isFalse();
  }

  @Test
  void leavesNoInterruptionToTheNextCall() {
    state.begin();
    state.interrupt(state.word(), Thread.currentThread());
    assertThat(state.end()).isTrue();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void hitsNoLaterCallThanTheOneThatWasSeen() {
    state.begin();
    long seen = state.word();
    assertThat(state.end()).isTrue();
    state.begin();
    state.interrupt(seen, Thread.currentThread());
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(state.abandon(seen)).isFalse();
    assertThat(state.end()).isTrue();
  }
}
