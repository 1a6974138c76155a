package dev.shallot.reproduce;

import dev.shallot.picture.Markup;

/** The little of Markdown that setup texts use: headings, lists, paragraphs, code in backticks. */
final class Prose {
  private Prose() {}

  static String html(String markdown) {
    StringBuilder html = new StringBuilder();
    StringBuilder paragraph = new StringBuilder();
    boolean list = false;
    for (String line : (markdown + "\n\n").lines().toList()) {
      boolean item = line.startsWith("- ");
      boolean heading = line.startsWith("#");
      boolean continues = list && line.startsWith("  ");
      if (continues) {
        int end = html.lastIndexOf("</li>");
        html.insert(end, " " + inline(line.strip()));
        continue;
      }
      if ((item || heading || line.isBlank()) && !paragraph.isEmpty()) {
        html.append("<p>").append(inline(paragraph.toString())).append("</p>\n");
        paragraph.setLength(0);
      }
      if (list && !item) {
        html.append("</ul>\n");
        list = false;
      }
      if (heading) {
        html.append("<h3>").append(inline(line.replaceFirst("^#+ ", ""))).append("</h3>\n");
      } else if (item) {
        html.append(list ? "" : "<ul>\n");
        html.append("<li>").append(inline(line.substring(2))).append("</li>\n");
        list = true;
      } else if (!line.isBlank()) {
        paragraph.append(paragraph.isEmpty() ? "" : " ").append(line);
      }
    }
    return html.toString();
  }

  private static String inline(String text) {
    return Markup.escape(text).replaceAll("`([^`]+)`", "<code>$1</code>");
  }
}
