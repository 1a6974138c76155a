package dev.shallot.spark;

import dev.shallot.TrainingException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in a line what went wrong on the cluster; Spark tells it in pages. */
final class Failures {
  private static final Pattern THROWN =
      Pattern.compile("\\): ([a-zA-Z0-9_.$]+(?:Exception|Error))(?:: ([^\\n]*))?");

  private Failures() {}

  /** The same failure as the project's own exception. */
  static TrainingException plain(Throwable failure) {
    if (failure instanceof TrainingException own) {
      return own;
    }
    if (failure instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    Throwable cause = failure.getCause();
    for (int depth = 0; cause != null && depth < 20; depth++) {
      if (cause instanceof TrainingException own) {
        return own;
      }
      cause = cause.getCause();
    }
    String message = String.valueOf(failure.getMessage());
    Matcher thrown = THROWN.matcher(message);
    if (thrown.find()) {
      return new TrainingException(
          explained(thrown.group(1), thrown.group(2) == null ? "" : thrown.group(2)), failure);
    }
    return new TrainingException("Spark failed: " + line(failure), failure);
  }

  /** The first line of what was thrown, or of what caused it if that says nothing. */
  static String line(Throwable failure) {
    Throwable telling = failure;
    for (int depth = 0; telling.getMessage() == null && depth < 20; depth++) {
      Throwable cause = telling.getCause();
      if (cause == null) {
        break;
      }
      telling = cause;
    }
    String message = telling.getMessage();
    String name = telling.getClass().getSimpleName();
    return message == null ? name : message.lines().findFirst().orElse(name);
  }

  private static String explained(String type, String message) {
    String name = type.substring(type.lastIndexOf('.') + 1);
    return switch (name) {
      case "UnsupportedClassVersionError" ->
          "the executors run an older Java than the 25 that this program needs (%s): give their workers a JDK 25 (JAVA_HOME)"
              .formatted(message);
      case "InvalidClassException", "ClassNotFoundException", "NoClassDefFoundError" ->
          "the executors have other classes than the driver (%s: %s): the Spark and Shallot versions of both must be the same"
              .formatted(name, message);
      case "OutOfMemoryError" ->
          "an executor ran out of memory (%s): give executors more (spark.executor.memory; -Xmx where the master is local[N]), or use more of them"
              .formatted(message);
      case "TrainingException", "DataException" -> message;
      default -> "a task failed on the cluster: %s: %s".formatted(name, message);
    };
  }
}
