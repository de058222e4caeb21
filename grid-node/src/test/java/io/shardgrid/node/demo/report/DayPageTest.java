package io.shardgrid.node.demo.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

final class DayPageTest {

  private final String page = DayPage.of(SampleDay.good(), ZoneOffset.UTC);

  @Test
  void isWellFormed() throws Exception {
    assertThat(parsed(page).getDocumentElement().getTagName()).isEqualTo("html");
  }

  @Test
  void needsNothingBesideIt() {
    assertThat(page.replace("http://www.w3.org/", ""))
        .doesNotContain("http", "url(", "@import", "<script", "<link", "src=");
  }

  @Test
  void suitsALightAndADarkScreenANarrowOneAndPaper() {
    assertThat(page)
        .contains("(prefers-color-scheme: dark)", "screen and (max-width: 720px)", "@media print")
        .contains("width=device-width", "class=\"strips wide\"", "class=\"strips narrow\"");
  }

  @Test
  void beginsWithTheResult() throws Exception {
    assertThat(texts("title"))
        .startsWith("A grid that sizes itself: 3 \u2192 5 \u2192 3 nodes \u00b7 Shardgrid");
    assertThat(texts("h1").get(0))
        .startsWith("A grid that sizes itself: 3 \u2192 5 \u2192 3 nodes");
    assertThat(page)
        .contains("1 March 2026, 08:30", "2 processors, Linux, Java 17", "Everything held.");
    assertThat(texts("p"))
        .containsSubsequence("Operations", "400,000")
        .containsSubsequence("Failed", "0", "not one")
        .containsSubsequence("p99 latency", "12 ms", "p50 0.4 ms, p99.9 46 ms, longest 789 ms")
        .containsSubsequence("Data verified", "100 %")
        .containsSubsequence("Data moved", "30.0 MiB");
    assertThat(page).contains("5 of them after 1:00, 3 again after 2:30");
  }

  @Test
  void saysWhatWasDecidedAndWhy() throws Exception {
    assertThat(texts("td"))
        .containsSubsequence(
            "1",
            "0:48",
            "3 \u2192 5 nodes\n2 come",
            "Nodes served 1,180 operations/s each on average, where 800 are wanted:"
                + " 3 \u00d7 1,180 \u00f7 800 = 4.43, so 5 nodes.",
            "a: 1,150/s, 10.0 MiB\nb: 1,200/s, 10.0 MiB",
            "operations: 5 nodes\nlimits: There may not be more nodes (max 5)",
            "there after 12.2 s\nat rest after 22.5 s",
            "20.0 MiB",
            "2",
            "2:18",
            "5 \u2192 4 nodes\na goes");
  }

  @Test
  void saysWhatWentWrong() throws Exception {
    String bad = DayPage.of(SampleDay.bad("lost <b> & \"c\" \u0007"), ZoneOffset.UTC);
    assertThat(parsed(bad).getElementsByTagName("li").item(0).getTextContent())
        .isEqualTo("lost <b> & \"c\" \ufffd");
    assertThat(bad).contains("Not everything held.", "Odd: 2").doesNotContain("Everything held.");
    assertThat(bad).contains("99.99 %");
  }

  @Test
  void isThereEvenIfNothingHappened() throws Exception {
    DayFacts good = SampleDay.good();
    DayFacts none =
        new DayFacts(
            good.setup(),
            good.began(),
            List.of(),
            List.of(),
            good.totals(),
            good.audit(),
            List.of("nothing"));
    assertThat(parsed(DayPage.of(none, ZoneOffset.UTC)).getElementsByTagName("svg").getLength())
        .isEqualTo(2);
  }

  private List<String> texts(String tag) throws Exception {
    NodeList nodes = parsed(page).getElementsByTagName(tag);
    List<String> texts = new ArrayList<>();
    for (int index = 0; index < nodes.getLength(); index++) {
      texts.add(nodes.item(index).getTextContent());
    }
    return texts;
  }

  private static Document parsed(String page) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(page)));
  }
}
