package dev.shallot.sweep;

import dev.shallot.run.RecordLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The threads that run cells, each one after the other, in the grid's order. */
final class Workers {
  private final List<Cell> todo;
  private final CellRunner runner;
  private final RecordLog log;
  private final SweepSettings settings;
  private final SweepWatch watch;
  private final Map<String, CellResult> known;
  private final int runs;
  private int next;
  private Optional<String> ended = Optional.empty();
  private Optional<RuntimeException> broken = Optional.empty();

  /**
   * Workers for a sweep.
   *
   * @param known what is finished; finished cells are added
   * @param runs how many runs the sweep has in all
   */
  Workers(
      List<Cell> todo,
      CellRunner runner,
      RecordLog log,
      SweepSettings settings,
      SweepWatch watch,
      Map<String, CellResult> known,
      int runs) {
    this.todo = todo;
    this.runner = runner;
    this.log = log;
    this.settings = settings;
    this.watch = watch;
    this.known = known;
    this.runs = runs;
  }

  /**
   * Runs what is to be done.
   *
   * @return why it ended before all was done
   */
  Optional<String> run(int workers) {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      threads.add(Thread.ofPlatform().name("shallot-cell-" + (i + 1)).daemon().start(this::work));
    }
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
          end("the thread that waits for the sweep was interrupted");
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    broken.ifPresent(
        e -> {
          throw e;
        });
    return ended;
  }

  private void work() {
    try {
      for (Optional<Cell> cell = take(); cell.isPresent(); cell = take()) {
        Optional<CellResult> result = runner.run(cell.get());
        if (result.isPresent()) {
          keep(result.get());
        } else {
          end(reason().orElse("a cell was given up"));
        }
      }
    } catch (RuntimeException e) {
      breakOff(e);
    }
  }

  private synchronized Optional<Cell> take() {
    reason().ifPresent(this::end);
    if (next == todo.size() || ended.isPresent()) {
      return Optional.empty();
    }
    Cell cell = todo.get(next++);
    watch.began(cell);
    return Optional.of(cell);
  }

  private Optional<String> reason() {
    return settings.stop().stop().map(stop -> stop.message());
  }

  private synchronized void keep(CellResult result) {
    log.add(CellRecord.of(result));
    known.put(result.hash(), result);
    watch.finished(result, known.size(), runs);
    if (result.failed() && settings.failFast()) {
      end("a cell failed: " + result.message());
    }
  }

  private synchronized void end(String why) {
    if (ended.isEmpty()) {
      ended = Optional.of(why);
    }
  }

  /** The log or the watch failed: nothing can go on. */
  private synchronized void breakOff(RuntimeException e) {
    if (broken.isEmpty()) {
      broken = Optional.of(e);
    }
    end(String.valueOf(e.getMessage()));
  }
}
