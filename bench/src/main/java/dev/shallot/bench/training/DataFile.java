package dev.shallot.bench.training;

import dev.shallot.plan.TrainingData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.IntStream;

/** A table for whole processes to read: a header, x1 .. xd, y, every digit. */
final class DataFile {
  private DataFile() {}

  static void write(TrainingData data, Path file) {
    int d = data.features();
    StringBuilder text = new StringBuilder(1 << 16);
    StringJoiner header = new StringJoiner(",");
    IntStream.rangeClosed(1, d).forEach(j -> header.add("x" + j));
    text.append(header.add("y")).append('\n');
    for (int i = 0; i < data.samples(); i++) {
      for (int j = 0; j < d; j++) {
        text.append(data.x()[i * d + j]).append(',');
      }
      text.append(data.y()[i]).append('\n');
    }
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static TrainingData read(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      int n = lines.size() - 1;
      int d = lines.getFirst().split(",", -1).length - 1;
      double[] x = new double[n * d];
      double[] y = new double[n];
      for (int i = 0; i < n; i++) {
        String[] cells = lines.get(i + 1).split(",", -1);
        for (int j = 0; j < d; j++) {
          x[i * d + j] = Double.parseDouble(cells[j]);
        }
        y[i] = Double.parseDouble(cells[d]);
      }
      return new TrainingData(n, d, 1, x, y);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
