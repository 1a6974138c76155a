package dev.shallot.serve;

import com.sun.net.httpserver.Headers;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What is refused before a request is looked at. The page has no password: who may read it is
 * whoever works on this machine, and no web site that they happen to have open.
 *
 * <ul>
 *   <li>Another method than GET and HEAD: nothing here can be changed.
 *   <li>Another Host than this machine's own names with our port. A web site can let its name point
 *       to 127.0.0.1 (DNS rebinding) and its scripts would then count as ours; its name is in Host.
 *   <li>A request that a browser marks as made by another site's page, links to our pages excepted:
 *       they show nothing to who placed them.
 * </ul>
 */
final class Gate {
  private final Set<String> hosts;

  Gate(int port) {
    String end = ":" + port;
    this.hosts = Set.of("localhost" + end, "127.0.0.1" + end, "[::1]" + end);
  }

  /**
   * Refuses or lets pass.
   *
   * @param page whether the answer is a page, to which others may link
   */
  void check(String method, URI uri, Headers headers, boolean page) throws Refusal {
    if (!method.equals("GET") && !method.equals("HEAD")) {
      throw new Refusal(405, "only GET and HEAD are answered: nothing can be changed here");
    }
    List<String> host = headers.getOrDefault("Host", List.of());
    if (host.size() != 1 || !hosts.contains(host.getFirst().toLowerCase(Locale.ROOT))) {
      throw new Refusal(
          421,
          "this page answers to localhost, 127.0.0.1 and [::1] with its port, to no other name");
    }
    if (uri.isAbsolute() || uri.getRawAuthority() != null) {
      throw new Refusal(400, "this is no proxy");
    }
    String site = first(headers, "Sec-Fetch-Site");
    boolean link = page && first(headers, "Sec-Fetch-Mode").equals("navigate");
    if (!Set.of("", "same-origin", "none").contains(site) && !link) {
      throw new Refusal(403, "another site's page may not read this one");
    }
  }

  private static String first(Headers headers, String name) {
    List<String> values = headers.getOrDefault(name, List.of());
    return values.isEmpty() ? "" : values.getFirst();
  }
}
