package io.shardgrid.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.shardgrid.client.GridClient;
import io.shardgrid.map.Codecs;
import io.shardgrid.map.SyncMap;
import io.shardgrid.node.browser.Browser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** The console of a real cluster in a real browser, while a node comes and another one crashes. */
@EnabledForJreRange(max = JRE.JAVA_21) // takes a minute, and nothing in it depends on the JDK
final class ConsoleIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration DRILL_MAX = Duration.ofSeconds(110);

  /** Where pictures of the page are kept. */
  private static final Path PICTURES = Path.of("target", "console");

  private static final String WORDS =
      """
      window.words = [];
      new MutationObserver(() => window.words.push(document.getElementById('word').textContent))
          .observe(document.getElementById('word'), { childList: true, characterData: true, subtree: true });
      """;

  private static final String DRILLS = "grid.node.console.drills.enabled = on";

  /** How the drill is, and all that it has told. */
  private static final String DRILL = "document.getElementById('drill-state').textContent";

  private static final String TOLD = "document.getElementById('drill-parts').textContent";

  /** The members that the page shows. */
  private static final String NAMES =
      "[...document.querySelectorAll('#members td:first-child')].map((one) => one.textContent.trim())";

  private final Path directory;

  ConsoleIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void showsANodeThatComesAndOneThatCrashes() throws Exception {
    assumeTrue(
        Browser.installed().isPresent() || System.getenv("CI") != null,
        "There is no Chromium on this machine: apt-get install chromium");
    try (ConsoleStores stores = ConsoleStores.start(directory.resolve("database"))) {
      showsANodeThatComesAndOneThatCrashes(stores);
    }
  }

  private void showsANodeThatComesAndOneThatCrashes(ConsoleStores stores) throws Exception {
    Path settings =
        Files.writeString(directory.resolve("node.conf"), DRILLS + "\n" + stores.settings());
    try (ThreeNodes nodes = ThreeNodes.start("--config", settings.toString());
        GridClient client = GridClient.connect(nodes.addresses().get(0).resp());
        Browser browser = Browser.start(Browser.installed().orElseThrow())) {
      SyncMap<String, String> towns = client.map("towns", Codecs.string(), Codecs.string()).sync();
      for (int i = 0; i < 500; i++) {
        towns.put("town-" + i, "x".repeat(100));
      }
      browser.size(1440, 900);
      browser.open("http://" + nodes.addresses().get(0).http() + "/");
      browser.await("document.getElementById('word').textContent === 'HEALTHY'", PATIENCE);
      assertThat(browser.value("document.querySelectorAll('#members tr').length").asInt())
          .isEqualTo(3);
      showsHits(browser, towns);
      browsesKeys(browser, towns);
      stores.getIntoTrouble(browser, client, nodes.addresses().get(0).http());
      isUsedByKeyboard(browser);
      showsChange(browser, nodes, settings);
      runsADrill(browser);
      stores.isLate(browser);
      isDrawnForAllSizesAndColours(browser);
      stores.getOutOfTrouble(browser, client);
      assertThat(browser.problems()).isEmpty();
    }
  }

  private static void showsHits(Browser browser, SyncMap<String, String> towns) {
    for (int i = 0; i < 200; i++) {
      towns.get(i % 4 == 0 ? "village-" + i : "town-" + i);
    }
    browser.await(
        "document.querySelector('#maps-rows td:last-child')?.textContent === '75 %'", PATIENCE);
  }

  private static void browsesKeys(Browser browser, SyncMap<String, String> towns) {
    browser.await("document.querySelector('#maps-rows button')?.textContent === 'towns'", PATIENCE);
    browser.value("document.querySelector('#maps-rows button').click()");
    browser.await("document.querySelectorAll('#scan-rows button').length >= 50", PATIENCE);
    browser.value("document.querySelector('#scan-rows button').click()");
    browser.await("document.getElementById('entry-value').value === 'x'.repeat(100)", PATIENCE);
    browser.value(
        "document.getElementById('entry-key').value = 'by hand, & more';"
            + "document.getElementById('entry-value').value = 'gr\u00fcn';"
            + "document.getElementById('entry-put').click()");
    browser.await(
        "document.getElementById('entry-say').textContent.startsWith('Stored')", PATIENCE);
    assertThat(towns.get("by hand, & more")).hasValue("gr\u00fcn");
    browser.value("document.getElementById('entry-remove').click()");
    browser.await("document.getElementById('ask').open", PATIENCE);
    browser.value("document.getElementById('ask-yes').click()");
    browser.await("document.getElementById('entry-say').textContent === 'Deleted.'", PATIENCE);
    assertThat(towns.get("by hand, & more")).isEmpty();
  }

  private static void isUsedByKeyboard(Browser browser) {
    browser.value("document.activeElement.blur(); window.scrollTo(0, 0)");
    browser.value("document.querySelector('#matrix canvas').focus()");
    browser.press("ArrowRight");
    browser.press("ArrowRight");
    browser.await(
        "document.getElementById('matrix-reading').textContent.startsWith('Shard 1: primary')",
        PATIENCE);
    browser.press("Tab");
    assertThat(browser.value("getComputedStyle(document.activeElement).outlineStyle").asText())
        .as("whoever goes on by keyboard sees where")
        .isEqualTo("solid");
    assertThat(
            browser
                .value(
                    "[...document.querySelectorAll('button, input:not([type=hidden]), textarea')]"
                        + ".filter((one) => !one.textContent.trim() && !one.labels?.length"
                        + " && !one.getAttribute('aria-label')).map((one) => one.id)")
                .toString())
        .as("what has no name")
        .isEqualTo("[]");
  }

  private static void showsChange(Browser browser, ThreeNodes nodes, Path settings)
      throws Exception {
    browser.value(WORDS);
    String seed = nodes.addresses().get(0).cluster();
    try (Program fourth =
        Program.startNode("--name", "d", "--seeds", seed, "--config", settings.toString())) {
      fourth.awaitReady();
      browser.await(NAMES + ".includes('d')", PATIENCE);
      browser.await(
          "[...document.querySelectorAll('#moves-rows tr')]"
              + ".some((one) => one.innerText.includes('\u2192 d'))",
          PATIENCE);
      browser.await(
          "window.words.includes('REBALANCING') && window.words.at(-1) === 'HEALTHY'", PATIENCE);
      reports(browser, "time to add a node");
      browser.value("window.words.length = 0");
      nodes.programs().get(2).process().destroyForcibly();
      browser.await(
          "window.words.includes('DEGRADED') && window.words.at(-1) === 'HEALTHY'", PATIENCE);
      browser.await(NAMES + ".join() === 'a,b,d'", PATIENCE);
      reports(browser, "recovery");
    }
  }

  /** Looks at the report again and again until it has a figure. */
  private static void reports(Browser browser, String what) {
    browser.await(
        "(document.getElementById('report-ask').click(), /%s\\s+[0-9]/)".formatted(what)
            + ".test(document.getElementById('report-body').innerText)",
        PATIENCE);
  }

  /** A short one, on nodes of its own; the three that show it notice nothing. */
  private static void runsADrill(Browser browser) {
    startDrill(browser);
    browser.value("document.getElementById('drill-stop').click()");
    browser.await(DRILL + " === 'stopped'", PATIENCE);
    startDrill(browser);
    browser.await(TOLD + ".includes('kill -9 of node c')", DRILL_MAX);
    browser.await(DRILL + " === 'everything held'", DRILL_MAX);
    assertThat(browser.value(TOLD).asText())
        .contains("during", "no operation failed", "0 keys with a lost write");
    assertThat(browser.value("document.getElementById('word').textContent").asText())
        .isEqualTo("HEALTHY");
  }

  private static void startDrill(Browser browser) {
    browser.value(
        "document.getElementById('drill-rate').value = '300';"
            + "document.getElementById('drill-calm').value = '1';"
            + "document.getElementById('drill-start').click()");
    browser.await("document.getElementById('ask').open", PATIENCE);
    browser.value("document.getElementById('ask-yes').click()");
    browser.await(DRILL + " === 'running'", PATIENCE);
  }

  private static void isDrawnForAllSizesAndColours(Browser browser) throws Exception {
    Files.createDirectories(PICTURES);
    for (int width : new int[] {1440, 390}) {
      for (boolean isDark : new boolean[] {false, true}) {
        browser.size(width, 900);
        browser.dark(isDark);
        browser.await("innerWidth === " + width, PATIENCE);
        assertThat(browser.value("document.documentElement.scrollWidth").asInt())
            .as("nothing sticks out at a width of " + width)
            .isLessThanOrEqualTo(width);
        assertThat(browser.value("getComputedStyle(document.body).backgroundColor").asText())
            .isEqualTo(isDark ? "rgb(1, 4, 9)" : "rgb(246, 248, 250)");
        browser.picture(PICTURES.resolve(width + (isDark ? "-dark" : "-light") + ".png"));
      }
    }
  }
}
