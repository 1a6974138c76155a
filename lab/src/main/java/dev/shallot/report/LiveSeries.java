package dev.shallot.report;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The curves of a run that goes on, in bounded memory whatever its length: at most {@value #GROUPS}
 * groups of as many neighbouring rounds each, with smallest, mean and largest value. When all are
 * full, every two become one. The micro-steps are kept of the latest rounds only.
 */
final class LiveSeries implements RoundReader.Sink {
  /** Groups of rounds; even. */
  static final int GROUPS = 1024;

  /** Micro-steps of the latest rounds that are kept, unless a single round has more. */
  private static final int STEPS = 360;

  private final Map<String, Column> columns = new LinkedHashMap<>();
  private final Column heldOut = new Column();
  private final Map<String, ToDoubleFunction<RoundReader.Round>> sources = new LinkedHashMap<>();
  private final double[] first = new double[GROUPS];
  private final double[] last = new double[GROUPS];
  private final Deque<RoundReader.Round> latest = new ArrayDeque<>();
  private int groups;

  /** Rounds in a group, and in the last one. */
  private int size = 1;

  private int inLast;

  /** Changes when groups that were told before are others now. */
  private int generation;

  private double initialError = Double.NaN;
  private double initialDead = Double.NaN;
  private double initialHeldOut = Double.NaN;

  /** Whether there is early stopping. */
  private boolean early;

  private double lastError = Double.NaN;
  private long rounds;
  private double bytes;

  LiveSeries() {
    source("error", RoundReader.Round::after);
    source("sampled", RoundReader.Round::sampled);
    source("trained", RoundReader.Round::trained);
    for (String name : List.of("displacement", "flips", "uncovered", "dead", "bytes")) {
      source(name, round -> round.end().number(name));
    }
    columns.put("heldOut", heldOut);
  }

  private void source(String name, ToDoubleFunction<RoundReader.Round> of) {
    sources.put(name, of);
    columns.put(name, new Column());
  }

  /** Forgets everything: the log begins anew. */
  void restart() {
    groups = 0;
    size = 1;
    inLast = 0;
    generation++;
    initialError = Double.NaN;
    initialDead = Double.NaN;
    initialHeldOut = Double.NaN;
    early = false;
    lastError = Double.NaN;
    rounds = 0;
    bytes = 0;
    latest.clear();
  }

  @Override
  public void initial(double error, double dead) {
    initialError = error;
    initialDead = dead;
    lastError = error;
  }

  @Override
  public void tracking(EventLine line) {
    // The page of a live run shows what is trained, not the diagnostics; the report has them.
  }

  @Override
  public void tracked(long k, EventLine line) {
    // As above.
  }

  @Override
  public void heldOut(long k, double loss) {
    early = true;
    if (k < 0) {
      initialHeldOut = loss;
    } else {
      heldOut.add(groups - 1, inLast - 1, loss);
    }
  }

  @Override
  public void round(RoundReader.Round round) {
    if (groups == GROUPS && inLast == size) {
      halve();
    }
    if (groups == 0 || inLast == size) {
      groups++;
      inLast = 0;
      first[groups - 1] = round.k();
      heldOut.clear(groups - 1);
    }
    last[groups - 1] = round.k();
    int at = groups - 1;
    int before = inLast++;
    sources.forEach((name, of) -> column(name).add(at, before, of.applyAsDouble(round)));
    rounds++;
    bytes += round.end().number("bytes");
    lastError = round.after();
    latest.addLast(round);
    int steps = round.steps().length + 1;
    while (latest.size() > Math.max(3, STEPS / steps)) {
      latest.removeFirst();
    }
  }

  private Column column(String name) {
    Column column = columns.get(name);
    if (column == null) {
      throw new IllegalArgumentException(name);
    }
    return column;
  }

  private void halve() {
    for (int i = 0; i < GROUPS / 2; i++) {
      first[i] = first[2 * i];
      last[i] = last[2 * i + 1];
    }
    columns.values().forEach(Column::halve);
    groups = GROUPS / 2;
    size *= 2;
    inLast = size;
    generation++;
  }

  /** How many rounds were observed. */
  long rounds() {
    return rounds;
  }

  /** Changes when rounds that were told before are told otherwise now. */
  int generation() {
    return generation;
  }

  /** How far the run is. */
  Progress progress(List<String> notes) {
    double next = groups == 0 ? 0 : last[groups - 1] + 1;
    return new Progress(initialError, lastError, next, rounds, bytes, notes);
  }

  /**
   * The curves, as the report's script draws them. With early stopping the last round that the
   * reader has is told again: its loss on held-out rows comes after it.
   *
   * @param known rounds that the reader has of this generation: groups that have not changed since
   *     are left out
   * @return {@code from}: the first group that is told; {@code rounds}: the columns from there on
   */
  Map<String, Object> tree(long known) {
    int from = (int) Math.min(groups, (early ? Math.max(0, known - 1) : known) / size);
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("round", list(first, from));
    told.put("last", list(last, from));
    columns.forEach(
        (name, column) -> {
          if (latest.isEmpty()
              || latest.getLast().steps().length > 0
              || !(name.equals("sampled") || name.equals("trained"))) {
            told.put(name, column.tree(from));
          }
        });
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("generation", generation);
    tree.put("from", from);
    tree.put("rounds", told);
    Map<String, Object> initial = new LinkedHashMap<>();
    initial.put("error", initialError);
    initial.put("dead", initialDead);
    initial.put("heldOut", initialHeldOut);
    tree.put("initial", initial);
    return tree;
  }

  /** The latest rounds, one micro-step after the other; empty if no subnet was measured. */
  Map<String, Object> trace() {
    Map<String, Object> tree = new LinkedHashMap<>();
    if (latest.isEmpty() || latest.getLast().steps().length == 0) {
      return tree;
    }
    List<RoundReader.Round> shown = List.copyOf(latest);
    tree.put("localSteps", shown.getLast().steps().length - 1);
    tree.put("subnets", shown.getLast().subnets());
    tree.put("round", shown.stream().map(r -> (Object) r.k()).toList());
    tree.put("before", shown.stream().map(r -> (Object) r.before()).toList());
    tree.put("after", shown.stream().map(r -> (Object) r.after()).toList());
    tree.put("mean", steps(shown, Spread::mean));
    tree.put("min", steps(shown, Spread::min));
    tree.put("max", steps(shown, Spread::max));
    tree.put("deviation", steps(shown, Spread::deviation));
    tree.put("groups", List.of());
    return tree;
  }

  private static List<Object> steps(List<RoundReader.Round> rounds, ToDoubleFunction<Spread> of) {
    List<Object> list = new ArrayList<>();
    for (RoundReader.Round round : rounds) {
      for (Spread spread : round.steps()) {
        list.add(of.applyAsDouble(spread));
      }
    }
    return list;
  }

  private List<Object> list(double[] values, int from) {
    List<Object> list = new ArrayList<>(groups - from);
    for (int i = from; i < groups; i++) {
      list.add(ChartData.whole(values[i]));
    }
    return list;
  }

  /** One quantity, group by group. */
  private final class Column {
    private final double[] mean = new double[GROUPS];
    private final double[] min = new double[GROUPS];
    private final double[] max = new double[GROUPS];

    private void add(int at, int before, double value) {
      if (before == 0 || Double.isNaN(mean[at])) {
        mean[at] = value;
        min[at] = value;
        max[at] = value;
      } else {
        mean[at] += (value - mean[at]) / (before + 1);
        min[at] = lower(min[at], value);
        max[at] = -lower(-max[at], -value);
      }
    }

    private void clear(int at) {
      mean[at] = Double.NaN;
      min[at] = Double.NaN;
      max[at] = Double.NaN;
    }

    private void halve() {
      for (int i = 0; i < GROUPS / 2; i++) {
        mean[i] =
            Double.isNaN(mean[2 * i]) || Double.isNaN(mean[2 * i + 1])
                ? lower(mean[2 * i], mean[2 * i + 1])
                : 0.5 * (mean[2 * i] + mean[2 * i + 1]);
        min[i] = lower(min[2 * i], min[2 * i + 1]);
        max[i] = -lower(-max[2 * i], -max[2 * i + 1]);
      }
    }

    /** The means of the groups, and where groups have more than one round their ends too. */
    private Map<String, Object> tree(int from) {
      return Map.of(
          "mean", list(mean, from),
          "min", size == 1 ? List.of() : list(min, from),
          "max", size == 1 ? List.of() : list(max, from));
    }
  }

  /** The smaller one; of a number and none the number. */
  private static double lower(double a, double b) {
    return Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.min(a, b);
  }
}
