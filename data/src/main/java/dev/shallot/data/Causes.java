package dev.shallot.data;

import java.io.FileNotFoundException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** What went wrong below, as the end of a sentence. */
final class Causes {
  private Causes() {}

  static String of(Throwable cause) {
    return switch (cause) {
      case NoSuchFileException missing -> "there is no file or folder " + missing.getFile();
      case FileNotFoundException missing -> "there is no such file";
      case AccessDeniedException denied -> "access to " + denied.getFile() + " is denied";
      default -> {
        String message = cause.getMessage();
        yield message == null
            ? cause.getClass().getSimpleName()
            : message.lines().findFirst().orElse(cause.getClass().getSimpleName());
      }
    };
  }
}
