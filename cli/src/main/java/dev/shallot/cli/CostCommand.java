package dev.shallot.cli;

import dev.shallot.cost.Cluster;
import dev.shallot.cost.Method;
import dev.shallot.cost.RoundCost;
import dev.shallot.cost.Work;
import dev.shallot.picture.Figures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code shallot cost}. */
@Command(
    name = "cost",
    sortOptions = false,
    description = {
      "What a round would cost on a cluster: arithmetic, bytes and waiting of each worker, for"
          + " independent subnets, Bernoulli masks, local SGD and data-parallel SGD side by side."
          + " Nothing is run; each method shows a worker the same number of samples a round.",
      "",
      "Numbers may be written 1e9. What the model leaves out is told in docs/scaling.md.",
      ""
    })
final class CostCommand implements Runnable {
  @Option(names = "--width", required = true, paramLabel = "M", description = "Hidden neurons m.")
  private double width;

  @Option(names = "--features", required = true, paramLabel = "D", description = "Features d.")
  private double features;

  @Option(names = "--outputs", paramLabel = "C", description = "Outputs c. Default: 1.")
  private double outputs = 1;

  @Option(
      names = "--samples",
      paramLabel = "B",
      description = "Samples of a local step, at each worker. Default: 128.")
  private double samples = 128;

  @Option(
      names = "--local-steps",
      paramLabel = "TAU",
      description = "Local steps a round. Default: 10.")
  private double localSteps = 10;

  @Option(
      names = "--workers",
      split = ",",
      paramLabel = "P",
      description = "Numbers of workers p, each with one subnet. Default: 1,2,4,8,16,32,64.")
  private List<Double> workers = List.of(1., 2., 4., 8., 16., 32., 64.);

  @Option(
      names = "--keep",
      paramLabel = "XI",
      description = "Keep probability xi of Bernoulli masks. Default: 0.5.")
  private double keep = 0.5;

  @Option(
      names = "--train",
      paramLabel = "WHAT",
      description = "hidden, or both: then output weights travel with their neuron. Default: both.")
  private String train = "both";

  @Option(
      names = "--precision",
      paramLabel = "TYPE",
      description = "float32 or float64. Default: float32.")
  private String precision = "float32";

  @Option(
      names = "--flops",
      paramLabel = "RATE",
      description =
          "Floating-point operations a second of a worker. Default: 1e11, about what the dense"
              + " engine reaches on one core with 512-bit vectors.")
  private double flops = 1e11;

  @Option(
      names = "--bandwidth",
      paramLabel = "BYTES",
      description = "Bytes a second that a worker gets or sends. Default: 1.25e9, 10 Gbit/s.")
  private double bandwidth = 1.25e9;

  @Option(
      names = "--latency",
      paramLabel = "SECONDS",
      description =
          "Of one synchronisation of all workers. Default: 0.3, what an empty round on Spark took"
              + " at most.")
  private double latency = 0.3;

  @Option(
      names = "--latency-per-worker",
      paramLabel = "SECONDS",
      description = "What a synchronisation takes longer for each worker. Default: 0.")
  private double latencyPerWorker = 0;

  @Mixin private CommonOptions common = new CommonOptions();

  @Override
  public void run() {
    View view = common.view();
    boolean both = oneOf("--train", train, "both", "hidden");
    int bytes = oneOf("--precision", precision, "float32", "float64") ? 4 : 8;
    Work work = new Work(width, features, outputs, samples, localSteps, both, bytes);
    for (double p : workers) {
      if (!(p >= 1 && p <= width && p == Math.rint(p))) {
        throw new CliException(
            "--workers: expected whole numbers from 1 to the width, each worker has a neuron at least, but found %s."
                .formatted(Figures.exact(p)));
      }
    }
    List<Method> methods =
        List.of(
            new Method.IndependentSubnets(),
            new Method.Bernoulli(keep),
            new Method.LocalSgd(),
            new Method.DataParallel());
    view.explain(
        "model      %s trained weights, %s; a neuron's row is %s"
            .formatted(
                View.count(Math.round(work.modelBytes() / bytes)),
                Figures.bytes(work.modelBytes()),
                Figures.bytes(work.rowBytes())));
    view.explain(
        "a round    %s local steps of %s samples at each worker"
            .formatted(View.count(Math.round(localSteps)), View.count(Math.round(samples))));
    TextTable table =
        new TextTable()
            .column("workers", true)
            .column("method", false)
            .column("neurons held", true)
            .column("bytes moved", true)
            .column("compute s", true)
            .column("transfer s", true)
            .column("latency s", true)
            .column("round s", true)
            .column("of local SGD", true);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (double p : workers) {
      Cluster cluster = new Cluster(p, flops, bandwidth, latency, latencyPerWorker);
      double localSgd = RoundCost.of(new Method.LocalSgd(), work, cluster).seconds();
      for (Method method : methods) {
        RoundCost cost = RoundCost.of(method, work, cluster);
        table.row(
            List.of(
                View.count(Math.round(p)),
                method.word(),
                View.count(Math.round(cost.held())),
                Figures.bytes(cost.bytes()),
                seconds(cost.computeSeconds()),
                seconds(cost.transferSeconds()),
                seconds(cost.latencySeconds()),
                seconds(cost.seconds()),
                seconds(cost.seconds() / localSgd)));
        rows.add(row(p, cost, work));
      }
    }
    table.lines().forEach(view::result);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("modelBytes", work.modelBytes());
    document.put("rowBytes", work.rowBytes());
    document.put("rounds", rows);
    Cluster any = new Cluster(1, flops, bandwidth, latency, latencyPerWorker);
    double waiting = RoundCost.waitingWorkers(work, any);
    if (Double.isFinite(waiting)) {
      document.put("waitingWorkers", waiting);
      view.explain(
          "From %s on, a round of independent subnets is waiting for the most part."
              .formatted(
                  waiting <= 1 ? "1 worker" : View.count((long) Math.ceil(waiting)) + " workers"));
    }
    double quickest = RoundCost.quickestWorkers(work, any);
    if (Double.isFinite(quickest)) {
      document.put("quickestWorkers", quickest);
      view.explain(
          "It is quickest with about %s; more of them make it longer."
              .formatted(View.count(Math.max(1, Math.round(quickest)))));
    }
    view.explain(
        "A round of independent subnets does not learn as much as one of local SGD: they win while"
            + " they need less than 1/(last column) times as many rounds, which is for a run to say"
            + " (docs/scaling.md).");
    view.document(document);
  }

  private static Map<String, Object> row(double p, RoundCost cost, Work work) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("workers", p);
    row.put("method", cost.method().word());
    row.put("neuronsHeld", cost.held());
    row.put("bytes", cost.bytes());
    row.put("computeSeconds", cost.computeSeconds());
    row.put("transferSeconds", cost.transferSeconds());
    row.put("latencySeconds", cost.latencySeconds());
    row.put("seconds", cost.seconds());
    row.put("heldBytes", cost.held() * work.rowBytes());
    return row;
  }

  private static boolean oneOf(String flag, String found, String first, String second) {
    if (!found.equals(first) && !found.equals(second)) {
      throw new CliException(
          "%s: expected %s or %s, but found \"%s\".".formatted(flag, first, second, found));
    }
    return found.equals(first);
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, seconds >= 100 ? "%.0f" : "%.3g", seconds);
  }
}
