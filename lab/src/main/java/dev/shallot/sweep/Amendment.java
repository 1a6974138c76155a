package dev.shallot.sweep;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What else is set in a part of a grid. Where it makes plans equal, they are run once: with {@code
 * keep 1} every subnet is the whole network, so {@code when keep is 1 set subnets to 1} is one run
 * for a whole column of a heat map.
 *
 * @param when names of axes and the labels at which it holds; all of them
 * @param set plan keys and what they become, over what the axes say
 */
public record Amendment(Map<String, String> when, Map<String, String> set) {
  public Amendment {
    when = Collections.unmodifiableMap(new LinkedHashMap<>(when));
    set = Collections.unmodifiableMap(new LinkedHashMap<>(set));
  }

  boolean holds(Map<String, String> at) {
    return when.entrySet().stream().allMatch(e -> e.getValue().equals(at.get(e.getKey())));
  }
}
