package io.shardgrid.node.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

final class ChartStackTest {

  private final LineChart plain =
      new LineChart(
          "one", "", Axis.linear("s", 10), Axis.linear("n", 10), List.of(line("a"), line("b")));
  private final LineChart marked =
      new LineChart(
          "other",
          "",
          Axis.linear("s", 10),
          Axis.linear("n", 10),
          List.of(line("c")),
          List.of(new LineChart.Mark(new LineChart.Point(5, 5), 0, "here & now")));

  @Test
  void putsChartsOneBelowTheOther() throws Exception {
    Document document = parsed(new ChartStack("both", List.of(plain, marked)).svg());
    assertThat(document.getDocumentElement().getAttribute("viewBox")).isEqualTo("0 0 880 1080");
    assertThat(document.getElementsByTagName("polyline").getLength()).isEqualTo(3);
    assertThat(document.getElementsByTagName("style").getLength()).isEqualTo(1);
    var groups = document.getElementsByTagName("g");
    assertThat(groups.item(1).getAttributes().getNamedItem("transform").getNodeValue())
        .isEqualTo("translate(0 540)");
  }

  @Test
  void marksPointsWithAText() throws Exception {
    Document document = parsed(marked.svg());
    var circle = document.getElementsByTagName("circle").item(0);
    assertThat(circle.getTextContent()).isEqualTo("here & now");
    assertThat(circle.getAttributes().getNamedItem("cx").getNodeValue()).isEqualTo("465.0");
    assertThat(circle.getAttributes().getNamedItem("cy").getNodeValue()).isEqualTo("285.0");
  }

  private static LineChart.Line line(String label) {
    return new LineChart.Line(label, List.of(new LineChart.Point(0, 0), new LineChart.Point(9, 9)));
  }

  private static Document parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }
}
