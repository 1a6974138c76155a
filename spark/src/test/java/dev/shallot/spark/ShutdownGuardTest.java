package dev.shallot.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A JVM that ends without a run that would end before it does not wait for one. (That it waits for
 * one that does is in {@link CommandTest}.)
 */
class ShutdownGuardTest {
  private static final int CODE = 7;

  /** Begins something that it never closes, and leaves. */
  static final class Leaving {
    private Leaving() {}

    public static void main(String[] arguments) throws InterruptedException {
      ShutdownGuard guard = ShutdownGuard.open();
      switch (arguments[0]) {
        case "itself" -> System.exit(CODE);
        case "gone" -> {
          // The thread that trained ends; another ends the JVM.
          Thread.ofPlatform().start(Leaving::later);
        }
        default -> {
          // Another thread ends the JVM, and the run knows nothing of it.
          Thread.ofPlatform().start(() -> System.exit(CODE));
          while (true) {
            guard.roundBegins();
            Thread.sleep(50);
          }
        }
      }
    }

    private static void later() {
      try {
        Thread.sleep(200);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      System.exit(CODE);
    }
  }

  @Test
  void nobodyWaitsForWhatDoesNotCome() throws Exception {
    for (String way : List.of("itself", "gone", "unasked")) {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Leaving.class.getName(),
                  way)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), way);
        assertEquals(CODE, process.exitValue(), way);
      } finally {
        process.destroyForcibly();
      }
    }
  }
}
