package dev.shallot.cli;

import dev.shallot.run.StopRequest;
import dev.shallot.training.TrainingListener;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * While it is open, an interrupt (Ctrl-C) or a termination ends the run after its round and waits
 * until its files are written; the process then answers 130, or 143 after a termination, as shells
 * expect.
 */
final class Interruption implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final StopRequest stop = new StopRequest();
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook;

  Interruption(View view) {
    hook =
        new Thread(
            () -> {
              stop.request("interrupted by the user; files hold the rounds until then");
              view.remark("\nstopping after this round ...");
              try {
                if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                  view.remark("the round takes too long; its run.json says \"running\"");
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "interruption");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Ends the run when the user asks. */
  TrainingListener listener() {
    return stop;
  }

  /** Everything is written. */
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
