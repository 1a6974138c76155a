package dev.shallot.report;

import dev.shallot.picture.Figures;
import dev.shallot.picture.Markup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Of a run's outcome what has parts: which network early stopping kept, what moved between
 * machines, what was tracked. A row each, as markup: its name, its value.
 */
final class OutcomeRows {
  /** The keys of the outcome that are shown here. */
  static final Set<String> KEYS = Set.of("kept", "traffic", "tracked");

  private static final Map<String, String> TRACKED = tracked();

  private final RunDocument run;

  OutcomeRows(RunDocument run) {
    this.run = run;
  }

  private static Map<String, String> tracked() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("lambda0", "λ<sub>0</sub> = λ<sub>min</sub>(H<sup>∞</sup>)");
    names.put("radius", "Radius R = κ λ<sub>0</sub>/(192 n)");
    names.put("smallestSubnetLambdaMin", "Smallest λ<sub>min</sub>(m ∘ H)");
    names.put("smallestLambdaMin", "Smallest λ<sub>min</sub>(H(k))");
    names.put("largestDrift", "Largest kernel drift ‖H(k) − H(0)‖/‖H(0)‖");
    names.put("largestFlipShare", "Largest share of flips");
    names.put("largestDisplacement", "Largest displacement of a neuron");
    names.put("meanDistance", "Mean displacement at the end");
    names.put("outsideRadius", "Neurons beyond R at the end");
    names.put("residualFirst", "Residual’s energy by octaves of eigenvalues, at the start");
    names.put("residualLast", "The same at the end");
    names.put("plFirst", "PL constant σ<sub>min</sub>(Φ)² at the start");
    names.put("plSmallest", "The smallest PL constant");
    names.put("failures", "Not measured");
    names.put("seconds", "Time of tracking");
    return names;
  }

  List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    part("kept").ifPresent(kept -> rows.add(kept(kept)));
    part("traffic").ifPresent(traffic -> moved(rows, traffic));
    part("tracked")
        .ifPresent(
            found ->
                found.forEach(
                    (key, value) ->
                        rows.add(
                            List.of(
                                TRACKED.getOrDefault(
                                    String.valueOf(key), Markup.escape(String.valueOf(key))),
                                Markup.escape(
                                    key.equals("seconds")
                                        ? Figures.duration(number(found, "seconds"))
                                        : figures(value))))));
    return rows;
  }

  private Optional<Map<?, ?>> part(String key) {
    return run.value("outcome", key).orElse("") instanceof Map<?, ?> map
        ? Optional.of(map)
        : Optional.empty();
  }

  private static List<String> kept(Map<?, ?> kept) {
    double round = number(kept, "round");
    return List.of(
        "Network that early stopping kept",
        "%s, loss %s a row (the model and its scores are this network’s)"
            .formatted(
                round < 0 ? "that of before training" : "after round " + Figures.count(round),
                Figures.of(number(kept, "loss"))));
  }

  private static void moved(List<List<String>> rows, Map<?, ?> traffic) {
    double rounds = number(traffic, "rounds");
    if (rounds > 0) {
      rows.add(row("Moved a round, each held row both ways", traffic, "ledgerBytes", rounds));
      rows.add(row("Moved a round, as counted by the engine", traffic, "countedBytes", rounds));
      rows.add(row("What local SGD would move a round", traffic, "localSgdBytes", rounds));
      rows.add(
          row("What data parallelism would move a round", traffic, "dataParallelBytes", rounds));
    }
  }

  private static List<String> row(String name, Map<?, ?> traffic, String key, double rounds) {
    return List.of(name, Figures.bytes(number(traffic, key) / rounds));
  }

  /** A number, numbers, or the worst of some with where it was. */
  private static String figures(Object value) {
    return switch (value) {
      case Map<?, ?> worst -> {
        double subnet = number(worst, "subnet");
        yield "%s (round %s%s)"
            .formatted(
                Figures.of(number(worst, "value")),
                Figures.count(number(worst, "round")),
                Double.isNaN(subnet) ? "" : ", subnet " + Figures.count(subnet));
      }
      case null -> "not finite";
      case List<?> list -> String.join(", ", list.stream().map(OutcomeRows::figures).toList());
      case Number number -> Figures.of(number.doubleValue());
      default -> RunDocument.plain(value);
    };
  }

  private static double number(Map<?, ?> map, String key) {
    return map.get(key) instanceof Number number ? number.doubleValue() : Double.NaN;
  }
}
