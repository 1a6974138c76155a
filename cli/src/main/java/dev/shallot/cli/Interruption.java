package dev.shallot.cli;

import dev.shallot.run.StopRequest;
import dev.shallot.training.TrainingListener;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * While it is open, an interrupt (Ctrl-C) or a termination ends the run after its round; the run
 * leaves a checkpoint and all its files, and the process answers {@link ExitCodes#INTERRUPTED}.
 */
final class Interruption implements AutoCloseable {
  private static final long SILENCE_SECONDS = 20;

  private final StopRequest stop = new StopRequest();
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook;
  private volatile boolean told;

  Interruption(View view) {
    this(view, "finishing this round, then writing a checkpoint ...");
  }

  /** The same with other words for what an interrupt waits for. */
  Interruption(View view, String words) {
    hook = new Thread(() -> interrupted(view, words), "interruption");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Whether a thread of this program ends it, and not a signal: Spark does where memory runs out.
   * Our own ways out close the interruption before.
   */
  private static boolean programExits() {
    return Thread.getAllStackTraces().values().stream()
        .flatMap(Arrays::stream)
        .anyMatch(
            frame ->
                frame.getClassName().equals("java.lang.Runtime")
                    && frame.getMethodName().equals("exit"));
  }

  private void interrupted(View view, String words) {
    if (programExits()) {
      awaitFailure();
      return;
    }
    stop.request("interrupted; \"shallot resume\" goes on with it");
    view.remark("\n" + words);
    try {
      while (!done.await(SILENCE_SECONDS, TimeUnit.SECONDS)) {
        view.remark(
            "still in its round; to end it at once: kill -9 %d (\"shallot resume\" then goes on from"
                    .formatted(ProcessHandle.current().pid())
                + " the last checkpoint)");
      }
      if (!told) {
        // Something went wrong on the way; let it be told.
        TimeUnit.SECONDS.sleep(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // Without it the JVM would answer 143 to a termination.
    Runtime.getRuntime().halt(ExitCodes.INTERRUPTED);
  }

  /** The run fails now; what is said of it comes before the end. */
  private void awaitFailure() {
    try {
      if (done.await(SILENCE_SECONDS, TimeUnit.SECONDS)) {
        TimeUnit.SECONDS.sleep(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(ExitCodes.BAD_INPUT);
  }

  /** Interrupts the run when the user asks. */
  TrainingListener listener() {
    return stop;
  }

  /** Everything is written and told. */
  void told() {
    told = true;
  }

  @Override
  public void close() {
    done.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The shutdown is under way, and was waiting for this moment.
    }
  }
}
