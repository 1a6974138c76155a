package dev.shallot.engine;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * A few threads that run the tasks 0 .. n-1 of a job together with the caller, each task once.
 *
 * <p>Jobs last microseconds to milliseconds and follow one another closely, so waiting threads spin
 * for a while before they sleep: waking a sleeping thread costs more than a small job. Who runs
 * which task is left to chance; results must not depend on it.
 */
public final class WorkerPool implements Team, AutoCloseable {
  private static final int SPINS_BEFORE_SLEEP = 5_000;
  private static final int SPINS_BEFORE_YIELD = 1_000;

  private final Thread[] helpers;
  private final AtomicInteger generation = new AtomicInteger();
  private final AtomicInteger nextTask = new AtomicInteger();
  private final AtomicInteger helpersBusy = new AtomicInteger();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private volatile boolean closed;
  private volatile Task task = (index, worker) -> {};
  private volatile int tasks;

  /** A pool of so many workers, the caller among them. */
  public WorkerPool(int workers) {
    helpers = new Thread[workers - 1];
    for (int i = 0; i < helpers.length; i++) {
      int worker = i + 1;
      helpers[i] =
          Thread.ofPlatform()
              .name("shallot-worker-" + worker)
              .daemon()
              .unstarted(() -> help(worker));
    }
    for (Thread helper : helpers) {
      helper.start();
    }
  }

  @Override
  public int workers() {
    return helpers.length + 1;
  }

  @Override
  @SuppressWarnings(
      "ThreadPriorityCheck") // yield() is a courtesy to busy machines, nothing relies on it
  public void run(int count, Task job) {
    if (helpers.length == 0 || count == 1) {
      for (int index = 0; index < count; index++) {
        job.run(index, 0);
      }
      return;
    }
    task = job;
    tasks = count;
    nextTask.set(0);
    helpersBusy.set(helpers.length);
    generation.incrementAndGet();
    for (Thread helper : helpers) {
      LockSupport.unpark(helper);
    }
    work(0);
    int spins = 0;
    while (helpersBusy.get() != 0) {
      // On a busy machine the helper may wait for this very processor.
      if (++spins % SPINS_BEFORE_YIELD == 0) {
        Thread.yield();
      } else {
        Thread.onSpinWait();
      }
    }
    Throwable thrown = failure.getAndSet(null);
    if (thrown instanceof RuntimeException e) {
      throw e;
    } else if (thrown instanceof Error e) {
      throw e;
    }
  }

  private void work(int worker) {
    Task job = task;
    int count = tasks;
    try {
      for (int index = nextTask.getAndIncrement();
          index < count;
          index = nextTask.getAndIncrement()) {
        job.run(index, worker);
      }
    } catch (RuntimeException | Error e) {
      nextTask.set(count);
      failure.compareAndSet(null, e);
    }
  }

  private void help(int worker) {
    int seen = 0;
    while (true) {
      int spins = 0;
      while (generation.get() == seen) {
        if (closed) {
          return;
        }
        if (spins++ < SPINS_BEFORE_SLEEP) {
          Thread.onSpinWait();
        } else {
          LockSupport.park(this);
        }
      }
      seen++;
      work(worker);
      helpersBusy.decrementAndGet();
    }
  }

  @Override
  public void close() {
    closed = true;
    for (Thread helper : helpers) {
      LockSupport.unpark(helper);
    }
  }
}
