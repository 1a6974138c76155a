package dev.shallot.serve;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The part of an address behind the question mark, decoded once. */
final class Query {
  private final Map<String, List<String>> values = new LinkedHashMap<>();

  Query(URI uri) throws Refusal {
    String raw = uri.getRawQuery();
    if (raw == null || raw.isEmpty()) {
      return;
    }
    for (String part : raw.split("&", -1)) {
      int equals = part.indexOf('=');
      String name = equals < 0 ? part : part.substring(0, equals);
      String value = equals < 0 ? "" : part.substring(equals + 1);
      try {
        values
            .computeIfAbsent(
                URLDecoder.decode(name, StandardCharsets.UTF_8), k -> new ArrayList<>())
            .add(URLDecoder.decode(value, StandardCharsets.UTF_8));
      } catch (IllegalArgumentException e) {
        throw new Refusal(400, "this address is badly encoded");
      }
    }
  }

  /** All values of a name, in order. */
  List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** The one value of a name. */
  String one(String name) throws Refusal {
    List<String> all = all(name);
    if (all.size() != 1) {
      throw new Refusal(400, "this address needs one \"" + name + "\"");
    }
    return all.getFirst();
  }
}
