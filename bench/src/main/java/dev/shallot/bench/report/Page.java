package dev.shallot.bench.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A page in which measured blocks stand between marks. All that quotes a number is between them, so
 * that measuring again cannot make the page lie.
 */
public final class Page {
  private Page() {}

  /**
   * Writes the blocks of a page anew; the words around them stay.
   *
   * @param template the page with its marks
   * @param page where the result goes, which may be the same file
   * @param blocks Markdown by name
   */
  public static void write(Path template, Path page, Map<String, String> blocks) {
    try {
      String text = Files.readString(template);
      for (Map.Entry<String, String> block : blocks.entrySet()) {
        text = replaced(text, block.getKey(), block.getValue());
      }
      Files.createDirectories(page.toAbsolutePath().getParent());
      Files.writeString(page, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String replaced(String text, String name, String block) {
    String begin = "<!-- measured: " + name + ", written by bench/run -->";
    String end = "<!-- end: " + name + " -->";
    int from = text.indexOf(begin);
    int to = text.indexOf(end);
    if (from < 0 || to < from) {
      throw new IllegalStateException(
          "the page has no \"%s\" followed by \"%s\"".formatted(begin, end));
    }
    return text.substring(0, from + begin.length())
        + "\n\n"
        + block.strip()
        + "\n\n"
        + text.substring(to);
  }

  /** Three digits or so. */
  public static String number(double value) {
    double size = Math.abs(value);
    String format =
        size < 0.1
            ? "%.4f"
            : size < 1 ? "%.3f" : size < 10 ? "%.2f" : size < 100 ? "%.1f" : "%,.0f";
    return format.formatted(value);
  }

  /** A ratio: two digits or so. */
  public static String ratio(double value) {
    return (value < 10 ? "%.1f" : "%.0f").formatted(value);
  }
}
