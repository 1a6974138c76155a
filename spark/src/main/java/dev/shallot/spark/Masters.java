package dev.shallot.spark;

import dev.shallot.TrainingException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Where a cluster is, judged before Spark tries for minutes. */
final class Masters {
  private static final Pattern LOCAL =
      Pattern.compile("local(\\[(\\*|[1-9]\\d{0,2})(,[1-9]\\d{0,5})?])?");
  private static final Pattern LOCAL_CLUSTER = Pattern.compile("local-cluster\\[.*]");
  private static final Pattern STANDALONE =
      Pattern.compile("spark://[^/\\s:]+:\\d+(,[^/\\s:]+:\\d+)*");
  private static final Pattern OTHER = Pattern.compile("yarn|k8s://.+");
  private static final int CONNECT_MILLIS = 5_000;

  private Masters() {}

  /** Refuses what is no master URL, or one where nobody answers. */
  static void check(String master) {
    if (STANDALONE.matcher(master).matches()) {
      List<String> reasons = new ArrayList<>();
      for (String place : places(master)) {
        int colon = place.lastIndexOf(':');
        try (Socket socket = new Socket()) {
          socket.connect(
              new InetSocketAddress(
                  place.substring(0, colon), port(master, place.substring(colon + 1))),
              CONNECT_MILLIS);
          return;
        } catch (UnknownHostException e) {
          reasons.add("there is no host " + place.substring(0, colon));
        } catch (IOException e) {
          reasons.add(place + ": " + e.getMessage());
        }
      }
      throw new TrainingException(
          "no Spark master answers at %s (%s): is it running, and is this the URL that its page shows?"
              .formatted(master, String.join("; ", reasons)));
    }
    if (!LOCAL.matcher(master).matches()
        && !LOCAL_CLUSTER.matcher(master).matches()
        && !OTHER.matcher(master).matches()) {
      throw new TrainingException(
          "\"%s\" is no Spark master: expected spark://host:port, yarn, k8s://..., or local[N] with N from 1 to 999"
              .formatted(master));
    }
  }

  private static int port(String master, String digits) {
    int port = digits.length() > 5 ? Integer.MAX_VALUE : Integer.parseInt(digits);
    if (port > 65_535) {
      throw new TrainingException(
          "\"%s\" is no Spark master: a port is at most 65535".formatted(master));
    }
    return port;
  }

  private static String[] places(String master) {
    return master.substring("spark://".length()).split(",");
  }

  /** Whether all of the cluster is on this machine, so that any folder will do. */
  static boolean onThisMachine(String master) {
    if (master.startsWith("local")) {
      return true;
    }
    if (!master.startsWith("spark://")) {
      return false;
    }
    for (String place : places(master)) {
      try {
        if (!InetAddress.getByName(place.substring(0, place.lastIndexOf(':')))
            .isLoopbackAddress()) {
          return false;
        }
      } catch (UnknownHostException e) {
        return false;
      }
    }
    return true;
  }
}
