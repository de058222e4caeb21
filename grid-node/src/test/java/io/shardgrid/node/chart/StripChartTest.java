package io.shardgrid.node.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.node.chart.LineChart.Point;
import io.shardgrid.node.chart.Strip.Layer;
import io.shardgrid.node.chart.Strip.Look;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

final class StripChartTest {

  private static final int WIDE = 960;
  private static final int NARROW = 420;

  private final StripChart chart =
      new StripChart(
          "a & b",
          100,
          List.of(
              new Strip(
                  "Nodes",
                  Axis.counting("", 5),
                  60,
                  List.of(
                      layer("running <now>", Look.AREA, 0),
                      layer("asked for by all of the load", Look.DASHES, 1))),
              new Strip(
                  "Failed", Axis.linear("a second", 1, 2), 40, List.of(layer("", Look.BARS, 4)))),
          List.of(
              new StripChart.Event("1", 20, 40, "one <comes>"),
              new StripChart.Event("2", 21, 60, "another"),
              new StripChart.Event("3", 80, 90, "one goes")));

  private static Layer layer(String label, Look look, int colour) {
    return new Layer(
        label, look, colour, List.of(new Point(0, 0), new Point(50, 1), new Point(100, 0)));
  }

  @Test
  void isWellFormed() throws Exception {
    Element svg = parsed(WIDE).getDocumentElement();
    assertThat(svg.getTagName()).isEqualTo("svg");
    assertThat(svg.getAttribute("class")).isEqualTo("strips kind");
    assertThat(svg.getAttribute("viewBox")).startsWith("0 0 960 ");
  }

  @Test
  void hasOneAxisOfTimeForAllStrips() throws Exception {
    assertThat(texts(parsed(WIDE), "text"))
        .containsSubsequence("0:00", "0:10", "0:20", "1:40", "minutes:seconds")
        .containsOnlyOnce("0:10");
  }

  @Test
  void saysWhatEachStripCounts() throws Exception {
    assertThat(texts(parsed(WIDE), "text")).contains("Nodes", "Faileda second", "running <now>");
  }

  @Test
  void marksEventsThroughAllStripsAndCoversNone() throws Exception {
    Document document = parsed(WIDE);
    List<Element> badges = elements(document, "circle");
    assertThat(badges)
        .extracting(badge -> badge.getAttribute("cy"))
        .containsExactly("11.0", "33.0", "11.0");
    assertThat(elements(document, "rect"))
        .filteredOn(box -> box.getAttribute("class").equals("span"))
        .hasSize(3)
        .extracting(box -> box.getAttribute("width"))
        .containsExactly("177.6", "346.3", "88.8");
    assertThat(texts(document, "title")).contains("one <comes>", "another", "one goes");
  }

  @Test
  void drawsLinesAreasAndBars() throws Exception {
    Document document = parsed(WIDE);
    assertThat(elements(document, "polygon")).hasSize(1);
    assertThat(elements(document, "polyline"))
        .extracting(line -> line.getAttribute("class"))
        .containsExactly("line c0", "dashes c1");
    assertThat(elements(document, "rect"))
        .filteredOn(box -> box.getAttribute("class").equals("bar c4"))
        .hasSize(1);
  }

  @Test
  void putsTheLegendOnALineOfItsOwnWhereThereIsLittleRoom() throws Exception {
    assertThat(heightOf(NARROW)).isGreaterThan(heightOf(WIDE));
    assertThat(texts(parsed(NARROW), "text")).doesNotContain("0:10").contains("0:30");
  }

  @Test
  void suitsALightAndADarkGround() {
    assertThat(StripChart.style())
        .contains("@media screen and (prefers-color-scheme: dark)", ".strips .c5 { color: #");
  }

  @Test
  void drawsAxesEvenIfThereIsNothingToDraw() throws Exception {
    StripChart empty =
        new StripChart(
            "none",
            0,
            List.of(
                new Strip(
                    "Nodes",
                    Axis.counting("", 1),
                    60,
                    List.of(new Layer("a", Look.AREA, 0, List.of())))),
            List.of());
    assertThat(parsed(empty.svg("kind", WIDE)).getElementsByTagName("polyline").getLength())
        .isZero();
  }

  private double heightOf(int width) throws Exception {
    return Double.parseDouble(
        parsed(width).getDocumentElement().getAttribute("viewBox").split(" ")[3]);
  }

  private Document parsed(int width) throws Exception {
    return parsed(chart.svg("kind", width));
  }

  private static Document parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  private static List<String> texts(Document document, String tag) {
    return elements(document, tag).stream().map(Element::getTextContent).toList();
  }

  private static List<Element> elements(Document document, String tag) {
    var nodes = document.getElementsByTagName(tag);
    List<Element> elements = new ArrayList<>();
    for (int index = 0; index < nodes.getLength(); index++) {
      elements.add((Element) nodes.item(index));
    }
    return elements;
  }
}
