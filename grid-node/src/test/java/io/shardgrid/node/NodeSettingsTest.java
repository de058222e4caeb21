package io.shardgrid.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.failure.GridConfigException;
import io.shardgrid.node.provision.ProvisionSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NodeSettingsTest {

  private static final Path CONF = Path.of("..", "conf");

  private final Path directory;

  NodeSettingsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void hasPortsThatAreKnownBeforehand() {
    NodeSettings settings = NodeSettings.load(null, Map.of());

    assertThat(settings.resp().port()).isEqualTo(7171);
    assertThat(settings.admin().port()).isEqualTo(8171);
    assertThat(settings.grid().engine().member().peerPort()).isEqualTo(9171);
    assertThat(settings.grid().engine().member().clusterPort()).isEqualTo(10171);
    assertThat(settings.grid().engine().member().host()).isEqualTo("127.0.0.1");
    assertThat(settings.drains()).isTrue();
  }

  @Test
  void takesFlagsBeforeTheFileAndTheFileBeforeTheReference() throws IOException {
    Path file = file("grid { name = fromFile, zone = east, node.resp.port = 1000 }");

    NodeSettings settings = NodeSettings.load(file, Map.of("grid.name", "fromFlag"));

    assertThat(settings.grid().engine().member().name()).isEqualTo("fromFlag");
    assertThat(settings.grid().engine().member().zone()).isEqualTo("east");
    assertThat(settings.resp().port()).isEqualTo(1000);
    assertThat(settings.grid().engine().member().shards()).isEqualTo(256);
  }

  @Test
  void sharesWhatItWasToldWithNodesThatItStarts() throws IOException {
    Path file = file("grid { name = a, backups = 2, node.provision.kind = local }");

    NodeSettings settings = NodeSettings.load(file, Map.of("grid.zone", "west"));
    assertThat(settings.provision().kind()).isEqualTo(ProvisionSettings.Kind.LOCAL);
    Path shared = file(settings.provisionContext().shared());
    NodeSettings other = NodeSettings.load(shared, Map.of());
    assertThat(other.grid().engine().member().zone()).isEqualTo("west");
    assertThat(other.grid().engine().member().backups()).isEqualTo(2);
    assertThat(other.grid().engine().member().name()).isEmpty();
    assertRefused("grid.node.provision.local.prefx = a", "key=grid.node.provision.local.prefx");
  }

  @Test
  void namesAnUnknownKeyAndItsPlace() throws IOException {
    assertRefused("grid.zome = east", "key=grid.zome");
    assertRefused("\n\ngrid.node.resp.prot = 1", "key=grid.node.resp.prot", "node.conf: 3");
    assertRefused("grid.node.foo { bar = 1 }", "key=grid.node.foo");
    assertRefused("grit.zone = east", "key=grit");
  }

  @Test
  void namesTheKeyOfAWrongValue() throws IOException {
    assertRefused("grid.node.resp.port = many", "port");
    assertRefused("grid.node.resp.port = 70000", "key=grid.node.resp.port", "found=70000");
    assertRefused("grid.node.resp.mode = other", "key=grid.node.resp.mode", "found=other");
    assertRefused("grid.node.drain = maybe", "drain");
    assertRefused("grid.node = 3", "key=grid.node");
  }

  @Test
  void saysWhereAFileDoesNotParse() throws IOException {
    assertRefused("grid {\n  name = [\n", "node.conf: 3");
    assertThatThrownBy(() -> NodeSettings.load(directory.resolve("none.conf"), Map.of()))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContaining("none.conf");
  }

  @Test
  void understandsEveryFileOfConf() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(CONF)) {
      files = all.filter(path -> path.toString().endsWith(".conf")).sorted().toList();
    }
    assertThat(files)
        .extracting(path -> path.getFileName().toString())
        .contains("single.conf", "three-a.conf", "three-b.conf", "three-c.conf");
    for (Path file : files) {
      NodeSettings settings = NodeSettings.load(file, Map.of());
      assertThat(settings.grid().engine().member().name()).as(file.toString()).isNotEmpty();
    }
  }

  private void assertRefused(String text, String... named) throws IOException {
    Path file = file(text);
    assertThatThrownBy(() -> NodeSettings.load(file, Map.of()))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContainingAll(named);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("node.conf"), text);
  }
}
