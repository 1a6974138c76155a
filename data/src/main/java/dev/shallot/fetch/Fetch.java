package dev.shallot.fetch;

import dev.shallot.data.AtomicFile;
import dev.shallot.data.DataException;
import dev.shallot.data.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;

/**
 * Gets a known data set. What arrives is counted and hashed as it is written, and kept only if size
 * and checksum are the known ones: a file is there whole and right, or not at all.
 */
public final class Fetch {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Fetch() {}

  /**
   * Fetches a set, unless it is there already.
   *
   * @param data which
   * @param address where from; the set's own, or a copy
   * @param file where to; its folder is made
   * @return whether anything was fetched
   * @throws DataException if it cannot be reached, or what arrives is something else
   */
  public static boolean to(KnownData data, URI address, Path file) {
    if (Files.exists(file)) {
      if (is(file, data)) {
        return false;
      }
      throw new DataException(
          "%s exists and is not %s (its SHA-256 is %s, not %s): move it away, or choose another place"
              .formatted(file, data.title(), Sha256.of(file), data.sha256()));
    }
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
    } catch (IOException e) {
      throw new DataException("cannot make the folder of " + file + ": " + e.getMessage(), e);
    }
    HttpRequest request;
    try {
      request = HttpRequest.newBuilder(address).timeout(PATIENCE.multipliedBy(4)).GET().build();
    } catch (IllegalArgumentException e) {
      throw new DataException("%s is no http or https address".formatted(address), e);
    }
    try (HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build()) {
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        if (response.statusCode() != 200) {
          throw new DataException(
              "%s answers with status %d instead of the file; %s"
                  .formatted(address, response.statusCode(), otherwise(data)));
        }
        AtomicFile.create(file, out -> copy(data, address, body, out));
      }
      return true;
    } catch (IOException e) {
      throw new DataException(
          "cannot fetch %s: %s; %s".formatted(address, reason(e), otherwise(data)), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DataException("fetching %s was interrupted".formatted(address), e);
    }
  }

  private static void copy(KnownData data, URI address, InputStream body, OutputStream out)
      throws IOException {
    MessageDigest digest = Sha256.begin();
    byte[] chunk = new byte[1 << 16];
    long bytes = 0;
    try {
      for (int count = body.read(chunk); count >= 0; count = body.read(chunk)) {
        bytes += count;
        if (bytes > data.bytes()) {
          break;
        }
        digest.update(chunk, 0, count);
        out.write(chunk, 0, count);
      }
    } catch (IOException e) {
      throw new IOException(
          "the connection to %s broke after %,d of %,d bytes (%s); nothing was kept"
              .formatted(address, bytes, data.bytes(), reason(e)),
          e);
    }
    if (bytes != data.bytes()) {
      throw new IOException(
          "%s sent %s bytes, but %s has %,d; nothing was kept"
              .formatted(
                  address,
                  bytes > data.bytes()
                      ? "more than " + "%,d".formatted(data.bytes())
                      : "%,d".formatted(bytes),
                  data.title(),
                  data.bytes()));
    }
    String found = Sha256.hex(digest);
    if (!found.equals(data.sha256())) {
      throw new IOException(
          "what %s sent is not %s: its SHA-256 is %s, but %s is known; nothing was kept"
              .formatted(address, data.title(), found, data.sha256()));
    }
  }

  private static String otherwise(KnownData data) {
    return "if you have %s (%,d bytes), name it with --data".formatted(data.file(), data.bytes());
  }

  private static String reason(IOException e) {
    return switch (e) {
      case HttpConnectTimeoutException late -> "no answer within " + PATIENCE.toSeconds() + " s";
      case ConnectException refused -> "the connection is refused, or there is no network";
      default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    };
  }

  /** Whether a file is a known set, byte for byte. */
  public static boolean is(Path file, KnownData data) {
    try {
      return Files.size(file) == data.bytes() && Sha256.of(file).equals(data.sha256());
    } catch (IOException e) {
      throw new DataException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
