package io.shardgrid.wire.resp;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RespLimitsTest {

  @Test
  void refusesALimitThatAllowsNothingOrTooMuch() {
    assertThatThrownBy(() -> new RespLimits(0, 1, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("argsMax=0");
    assertThatThrownBy(() -> new RespLimits(1, Integer.MAX_VALUE, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bulkBytesMax=2147483647");
  }
}
