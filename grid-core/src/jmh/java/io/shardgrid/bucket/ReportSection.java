package io.shardgrid.bucket;

import java.util.List;

/** One table of the storage report: what it shows, the command that makes it, what to know. */
record ReportSection(String title, String command, List<String> notes, MarkdownTable table) {

  /** The command that runs a measuring program of this package. */
  static String command(Class<?> main, List<String> args) {
    return "mvn -q -Pjmh -pl grid-core test-compile exec:exec -Djmh.main=%s -Djmh.args=\"%s\""
        .formatted(main.getName(), String.join(" ", args));
  }

  /** The section in Markdown. */
  String render() {
    StringBuilder text = new StringBuilder();
    text.append("### ").append(title).append("\n\n");
    for (String note : notes) {
      text.append(note).append("\n\n");
    }
    text.append("```\n").append(command).append("\n```\n\n");
    return text.append(table.render()).toString();
  }

  static String render(List<ReportSection> sections) {
    return String.join("\n", sections.stream().map(ReportSection::render).toList());
  }
}
