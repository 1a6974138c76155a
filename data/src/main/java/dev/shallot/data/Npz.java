package dev.shallot.data;

import java.nio.file.Path;
import java.util.SequencedMap;

/** NumPy's NPZ files: a ZIP of NPY arrays. */
public final class Npz {
  private Npz() {}

  /** Reads every array of a file, in the file's order. */
  public static SequencedMap<String, NpyArray> read(Path file) {
    return Pending.value();
  }

  /** Writes a file, whole or not at all. */
  public static void write(Path file, SequencedMap<String, NpyArray> arrays) {
    Pending.<Object>value();
  }
}
