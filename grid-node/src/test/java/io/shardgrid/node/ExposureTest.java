package io.shardgrid.node;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.failure.GridConfigException;
import io.shardgrid.node.security.AccessBook;
import io.shardgrid.node.security.AccessDesk;
import io.shardgrid.node.security.AccessSettings;
import io.shardgrid.node.security.SampleUsers;
import org.junit.jupiter.api.Test;

final class ExposureTest {

  private static final AccessSettings NOBODY = AccessSettings.reference();

  @Test
  void letsANodeServeItsMachine() {
    for (String host : new String[] {"127.0.0.1", "127.3.2.1", "localhost", "::1"}) {
      assertThatCode(() -> Exposure.check(host, NOBODY, AccessBook.OPEN))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void refusesToServeOthersWithoutUsers() {
    for (String host : new String[] {"0.0.0.0", "::", "192.0.2.1"}) {
      assertThatThrownBy(() -> Exposure.check(host, NOBODY, AccessBook.OPEN))
          .isInstanceOf(GridConfigException.class)
          .hasMessageContainingAll(
              "host=" + host,
              "grid.node.access.users",
              "grid.node.access.file",
              "--allow-unauthenticated",
              "grid.node.access.open-to-network");
    }
  }

  @Test
  void servesOthersWhenThereAreUsersOrItIsMeant() {
    try (AccessDesk desk = SampleUsers.desk();
        AccessDesk open = SampleUsers.plain("open-to-network = true")) {
      assertThatCode(
              () -> {
                Exposure.check("0.0.0.0", desk.settings(), desk.book());
                Exposure.check("0.0.0.0", open.settings(), open.book());
              })
          .doesNotThrowAnyException();
    }
  }
}
