package io.shardgrid.figures;

import java.util.List;

/** One table of a report: what it shows, the command that makes it, what to know. */
public record ReportSection(String title, String command, List<String> notes, MarkdownTable table) {

  /** The command that runs a measuring program. */
  public static String command(Class<?> main, List<String> args) {
    return "mvn -q -Pjmh -pl grid-core test-compile exec:exec -Djmh.main=%s -Djmh.args=\"%s\""
        .formatted(main.getName(), String.join(" ", args));
  }

  /** The section in Markdown. */
  public String render() {
    StringBuilder text = new StringBuilder();
    text.append("### ").append(title).append("\n\n");
    for (String note : notes) {
      text.append(note).append("\n\n");
    }
    text.append("```\n").append(command).append("\n```\n\n");
    return text.append(table.render()).toString();
  }

  public static String render(List<ReportSection> sections) {
    return String.join("\n", sections.stream().map(ReportSection::render).toList());
  }
}
