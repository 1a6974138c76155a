package dev.shallot.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What standard error is connected to. The JDK tells it for standard input and output only. */
final class Terminal {
  private static final int USUAL_WIDTH = 100;

  private Terminal() {}

  /** Whether somebody watches: a terminal that can redraw a line. */
  static boolean standardErrorIsTerminal() {
    if ("dumb".equals(System.getenv("TERM"))) {
      return false;
    }
    Path standardError = Path.of("/proc/self/fd/2");
    try {
      if (Files.isSymbolicLink(standardError)) {
        String device = Files.readSymbolicLink(standardError).toString();
        return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
      }
    } catch (IOException e) {
      // No such file system here: ask the JDK.
    }
    return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }

  /** Columns, from the environment where the shell exports them. */
  static int width() {
    String columns = System.getenv("COLUMNS");
    try {
      return columns == null ? USUAL_WIDTH : Math.max(40, Integer.parseInt(columns));
    } catch (NumberFormatException e) {
      return USUAL_WIDTH;
    }
  }
}
