package dev.shallot.engine;

/** Who runs the tasks of a job: the caller alone, or the caller and others. */
public interface Team {

  /** The caller alone, in order. */
  Team ALONE =
      new Team() {
        @Override
        public int workers() {
          return 1;
        }

        @Override
        public void run(int count, Task job) {
          for (int index = 0; index < count; index++) {
            job.run(index, 0);
          }
        }
      };

  /** How many workers there are. */
  int workers();

  /** Runs tasks 0 .. count-1, each once, and returns when all are done. */
  void run(int count, Task job);

  /** A piece of a job. */
  @FunctionalInterface
  interface Task {
    /**
     * Runs one task.
     *
     * @param index which task
     * @param worker which worker runs it, for scratch memory: 0 .. workers-1
     */
    void run(int index, int worker);
  }
}
