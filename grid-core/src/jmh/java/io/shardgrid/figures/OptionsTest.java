package io.shardgrid.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class OptionsTest {

  private static final Map<String, String> DEFAULTS =
      Map.of("entries", "1_000", "quick", "false", "jvm", "");

  @Test
  void takesDefaults() {
    Options options = Options.parse(new String[0], DEFAULTS);
    assertThat(options.number("entries")).isEqualTo(1_000);
    assertThat(options.isOn("quick")).isFalse();
    assertThat(options.list("jvm")).isEmpty();
  }

  @Test
  void readsWhatIsGiven() {
    String[] args = {"--entries=5,6_0", "--quick", "--jvm=-Xmx1g,-XX:A=b"};
    Options options = Options.parse(args, DEFAULTS);
    assertThat(options.numbers("entries")).containsExactly(5, 60);
    assertThat(options.isOn("quick")).isTrue();
    assertThat(options.list("jvm")).containsExactly("-Xmx1g", "-XX:A=b");
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.parse(new String[] {"--entrys=5"}, DEFAULTS))
        .withMessageContaining("--entrys=5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.parse(new String[] {"quick"}, DEFAULTS));
  }
}
