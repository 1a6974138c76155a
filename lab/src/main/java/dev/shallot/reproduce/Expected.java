package dev.shallot.reproduce;

import dev.shallot.run.RunException;
import java.util.List;

/**
 * The predicates of a figure with their ranges, as its resource folder holds them.
 *
 * @param predicates in order
 */
record Expected(List<Predicate> predicates) {
  /**
   * A predicate.
   *
   * @param id its name
   * @param says it in words
   * @param limits its numbers
   */
  record Predicate(String id, String says, Tree limits) {
    double limit(String name) {
      return limits.number(name);
    }
  }

  Expected {
    predicates = List.copyOf(predicates);
  }

  static Expected of(Tree tree) {
    return new Expected(
        tree.objects("predicates").stream()
            .map(p -> new Predicate(p.text("id"), p.text("says"), p.objectOrNone("limits")))
            .toList());
  }

  Predicate get(String id) {
    return predicates.stream()
        .filter(p -> p.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new RunException("no predicate is called " + id + "."));
  }
}
