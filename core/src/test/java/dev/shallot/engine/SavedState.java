package dev.shallot.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A state in memory: first it takes the pieces, then it hands them out again. */
final class SavedState implements StateExchange {
  private final List<String> names = new ArrayList<>();
  private final List<Object> pieces = new ArrayList<>();
  private int next = -1;

  /** What an engine holds. */
  static SavedState of(Stateful engine) throws IOException {
    SavedState state = new SavedState();
    engine.exchange(state);
    state.next = 0;
    return state;
  }

  private boolean saving(String name) {
    if (next < 0) {
      names.add(name);
      return true;
    }
    if (!names.get(next).equals(name)) {
      throw new AssertionError(names.get(next) + " was saved where " + name + " is asked for");
    }
    return false;
  }

  /** Whether every piece was asked for. */
  boolean restored() {
    return next == pieces.size();
  }

  @Override
  public Purpose purpose() {
    return next < 0 ? Purpose.SAVE : Purpose.RESTORE;
  }

  @Override
  public void floats(String name, float[] array, int rows, int columns, int stride) {
    if (saving(name)) {
      pieces.add(array.clone());
      return;
    }
    float[] saved = (float[]) pieces.get(next++);
    for (int row = 0; row < rows; row++) {
      System.arraycopy(saved, row * stride, array, row * stride, columns);
    }
  }

  @Override
  public void doubles(String name, double[] array, int rows, int columns, int stride) {
    if (saving(name)) {
      pieces.add(array.clone());
      return;
    }
    double[] saved = (double[]) pieces.get(next++);
    for (int row = 0; row < rows; row++) {
      System.arraycopy(saved, row * stride, array, row * stride, columns);
    }
  }

  @Override
  public void longs(String name, long[] array, int count) {
    if (saving(name)) {
      pieces.add(array.clone());
      return;
    }
    System.arraycopy((long[]) pieces.get(next++), 0, array, 0, count);
  }
}
