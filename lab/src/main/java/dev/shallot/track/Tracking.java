package dev.shallot.track;

import java.util.Set;

/**
 * What is tracked, and how often.
 *
 * @param items which diagnostics; empty: none
 * @param every at the start of rounds k with {@code k mod every = 0}, and after the last round
 */
public record Tracking(Set<TrackItem> items, int every) {
  public Tracking {
    items = Set.copyOf(items);
  }

  /** Whether anything is tracked. */
  public boolean any() {
    return !items.isEmpty();
  }

  boolean has(TrackItem item) {
    return items.contains(item);
  }
}
