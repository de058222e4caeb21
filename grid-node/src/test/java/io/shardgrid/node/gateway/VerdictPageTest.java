package io.shardgrid.node.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The page about the verdict, beside what tests of the whole gateway see of it. */
final class VerdictPageTest {

  @Test
  void showsNamesOfMapsAsTextWhateverTheyAre() {
    assertThat(VerdictPage.escaped("<script>alert(\"a & b\")</script>"))
        .isEqualTo("&lt;script&gt;alert(&quot;a &amp; b&quot;)&lt;/script&gt;");
  }
}
