package dev.shallot.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of the documentation, for tests that run what it shows. */
final class Page {
  private static final Pattern BLOCK = Pattern.compile("```(\\w*)\n(.*?)```", Pattern.DOTALL);

  private Page() {}

  /**
   * A block of code.
   *
   * @param language what it is marked with, or an empty text
   * @param text what it holds
   */
  record Block(String language, String text) {}

  /** The blocks of a page, by its path in the repository. */
  static List<Block> blocks(String page) throws IOException {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve(page))) {
      Path above = at.getParent();
      if (above == null) {
        throw new AssertionError("no %s above %s".formatted(page, Path.of("").toAbsolutePath()));
      }
      at = above;
    }
    Matcher matcher = BLOCK.matcher(Files.readString(at.resolve(page)));
    List<Block> blocks = new ArrayList<>();
    while (matcher.find()) {
      blocks.add(new Block(matcher.group(1), matcher.group(2)));
    }
    return blocks;
  }
}
