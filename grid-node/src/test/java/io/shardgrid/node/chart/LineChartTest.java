package io.shardgrid.node.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

final class LineChartTest {

  private final LineChart chart =
      new LineChart(
          "latency <of> a & b",
          "2 nodes",
          Axis.percentiles("percentile", 1_000),
          Axis.logarithmic("us", 1, 1_000),
          List.of(
              new LineChart.Line("10 %", List.of(at(0, 1), at(50, 2), at(99.9, 40))),
              new LineChart.Line("90 %", List.of(at(0, 2), at(50, 9), at(99.9, 1_000)))));

  private static LineChart.Point at(double x, double y) {
    return new LineChart.Point(x, y);
  }

  @Test
  void isWellFormed() throws Exception {
    Document document = parsed();
    assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
    assertThat(texts(document, "title")).containsExactly("latency <of> a & b");
  }

  @Test
  void needsNothingBesideIt() {
    assertThat(chart.svg().replace("http://www.w3.org/2000/svg", ""))
        .doesNotContain("http", "url(");
  }

  @Test
  void suitsALightAndADarkGround() {
    assertThat(chart.svg()).contains("@media (prefers-color-scheme: dark)");
  }

  @Test
  void hasAxesWithUnitsAndALegend() throws Exception {
    assertThat(texts(parsed(), "text"))
        .contains("2 nodes", "percentile", "us", "50 %", "99.9 %", "1", "1,000")
        .contains("10 %", "90 %");
  }

  @Test
  void drawsEachLineFromLeftToRightWithinItsAxes() throws Exception {
    NodeList lines = parsed().getElementsByTagName("polyline");
    assertThat(lines.getLength()).isEqualTo(2);
    String points = lines.item(1).getAttributes().getNamedItem("points").getNodeValue();
    assertThat(points).isEqualTo("90.0,432.9 165.3,352.3 840.0,100.0");
  }

  private Document parsed() throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(chart.svg())));
  }

  private static List<String> texts(Document document, String tag) {
    NodeList nodes = document.getElementsByTagName(tag);
    List<String> texts = new ArrayList<>();
    for (int index = 0; index < nodes.getLength(); index++) {
      texts.add(nodes.item(index).getTextContent());
    }
    return texts;
  }
}
