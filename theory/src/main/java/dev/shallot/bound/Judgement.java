package dev.shallot.bound;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of a statement.
 *
 * @param statement which
 * @param relevant whether it is about plans of this kind at all; if not, the rest is short
 * @param assumptions what it asks for
 * @param numbers explicit quantities by symbol, in the order to be shown
 * @param reports predictions beside measurements
 * @param note what a reader should know of the whole; may be empty
 */
public record Judgement(
    Statement statement,
    boolean relevant,
    List<Assumption> assumptions,
    Map<String, Double> numbers,
    List<BoundReport> reports,
    String note) {

  /** Whether all assumptions hold: one violation decides. */
  public Verdict assumed() {
    Verdict verdict = Verdict.HOLDS;
    for (Assumption assumption : assumptions) {
      verdict = verdict.and(assumption.verdict());
    }
    return verdict;
  }

  /** The explicit quantity of a symbol; NaN if there is none. */
  public double number(String symbol) {
    return numbers.getOrDefault(symbol, Double.NaN);
  }

  /** The assumption of an id. */
  public Assumption assumption(String id) {
    return assumptions.stream().filter(a -> a.id().equals(id)).findFirst().orElseThrow();
  }

  /** The report of an id. */
  public BoundReport report(String id) {
    return reports.stream().filter(r -> r.id().equals(id)).findFirst().orElseThrow();
  }

  /** As JSON holds it. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("id", statement.id());
    map.put("title", statement.title());
    map.put("claim", statement.claim());
    map.put("labels", statement.labels().stream().map(Label::name).toList());
    map.put("relevant", relevant);
    map.put("assumptionsHold", assumed().word());
    map.put("assumptions", assumptions.stream().map(Assumption::toMap).toList());
    if (!numbers.isEmpty()) {
      map.put("numbers", numbers);
    }
    map.put("reports", reports.stream().map(BoundReport::toMap).toList());
    if (!note.isEmpty()) {
      map.put("note", note);
    }
    return map;
  }
}
