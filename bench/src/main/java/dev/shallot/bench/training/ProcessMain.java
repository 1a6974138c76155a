package dev.shallot.bench.training;

import dev.shallot.network.Initialization;
import dev.shallot.network.Network;
import dev.shallot.plan.TrainingData;
import java.io.IOException;
import java.nio.DoubleBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * The complete task in a process of its own, for whoever is asked: {@code ProcessMain WHO THREADS
 * CASE ROUNDS STEP_SIZE DATA OUT}. Reads the table, draws the network, trains, writes the weights.
 */
public final class ProcessMain {
  private ProcessMain() {}

  /** Prints the whole network's error at the end, as a run of ours has it in its outcome. */
  public static void main(String[] arguments) throws IOException {
    Locale.setDefault(Locale.ROOT);
    Who who = Who.valueOf(arguments[0]);
    int threads = Integer.parseInt(arguments[1]);
    Case sizes = Case.parse(arguments[2]);
    int rounds = Integer.parseInt(arguments[3]);
    TrainingData data = DataFile.read(Path.of(arguments[5]));
    Network network =
        Initialization.NTK.draw(
            1.0, sizes.width(), sizes.features(), sizes.outputs(), Problem.SEED);
    Problem problem = new Problem(sizes, data, network, Double.parseDouble(arguments[4]));
    try (Trainer trainer = who.open(problem, threads)) {
      for (int k = 0; k < rounds; k++) {
        trainer.round(k, problem.masks(k));
      }
      double[] weights = trainer.hiddenWeights();
      write(weights, Path.of(arguments[6]));
      System.out.println(error(problem, weights));
    }
  }

  private static void write(double[] weights, Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      DoubleBuffer buffer =
          channel.map(FileChannel.MapMode.READ_WRITE, 0, 8L * weights.length).asDoubleBuffer();
      buffer.put(weights);
    }
  }

  /** ||y - xi f||^2 for one output. */
  private static double error(Problem problem, double[] weights) {
    Case sizes = problem.sizes();
    int d = sizes.features();
    double[] a = problem.network().outputWeights();
    double error = 0.0;
    for (int i = 0; i < sizes.samples(); i++) {
      double sum = 0.0;
      for (int r = 0; r < sizes.width(); r++) {
        double z = 0.0;
        for (int j = 0; j < d; j++) {
          z += weights[r * d + j] * problem.data().x()[i * d + j];
        }
        sum += a[r] * Math.max(z, 0.0);
      }
      double difference = sizes.keep() * problem.network().scale() * sum - problem.data().y()[i];
      error += difference * difference;
    }
    return error;
  }
}
