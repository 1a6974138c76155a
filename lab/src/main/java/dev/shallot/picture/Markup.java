package dev.shallot.picture;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text into HTML, so that no column name and no path can be more than text. */
public final class Markup {
  private static final Pattern HOLE = Pattern.compile("\\{\\{([a-z]+)}}");

  private Markup() {}

  /** Text as the content of an element or a quoted attribute, for HTML and SVG. */
  public static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                case '\t', '\n' -> safe.append((char) c);
                default -> safe.appendCodePoint(Character.isISOControl(c) ? 0xFFFD : c);
              }
            });
    return safe.toString();
  }

  /**
   * JSON that may stand inside a script element: {@code <} and {@code &} cannot occur outside of
   * its texts, where they may be written as escapes.
   */
  public static String jsonInScript(String json) {
    return json.replace("<", "\\u003c").replace("&", "\\u0026");
  }

  /**
   * A script that may stand inside a script element. {@code </script} would end it and {@code <!--}
   * would change how its end is found; in JavaScript both occur within literals only, where a
   * backslash before the second character changes nothing.
   */
  public static String scriptInScript(String script) {
    return script.replaceAll("(?i)</(script)", "<\\\\/$1").replace("<!--", "<\\!--");
  }

  /** Fills the holes {@code {{name}}} of a template, all at once: what is filled in has none. */
  public static String fill(String template, Map<String, String> parts) {
    return HOLE.matcher(template)
        .replaceAll(
            hole -> Matcher.quoteReplacement(parts.getOrDefault(hole.group(1), hole.group())));
  }

  /**
   * A table.
   *
   * @param head headings; none when they are empty
   * @param rows cells, as markup
   * @param numeric how many of the last columns hold figures
   */
  public static String table(List<String> head, List<List<String>> rows, int numeric) {
    StringBuilder html = new StringBuilder("<div class=\"scroll\"><table>");
    if (!head.isEmpty()) {
      html.append("<thead><tr>");
      for (int i = 0; i < head.size(); i++) {
        html.append(i >= head.size() - numeric ? "<th class=\"figure\">" : "<th>")
            .append(head.get(i))
            .append("</th>");
      }
      html.append("</tr></thead>");
    }
    html.append("<tbody>");
    for (List<String> row : rows) {
      html.append("<tr><th scope=\"row\">").append(row.getFirst()).append("</th>");
      for (int i = 1; i < row.size(); i++) {
        html.append(i >= row.size() - numeric ? "<td class=\"figure\">" : "<td>")
            .append(row.get(i))
            .append("</td>");
      }
      html.append("</tr>\n");
    }
    return html.append("</tbody></table></div>").toString();
  }
}
