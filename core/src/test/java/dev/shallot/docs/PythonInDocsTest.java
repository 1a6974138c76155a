package dev.shallot.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the pages say in Python is true in Python. */
class PythonInDocsTest {
  private static final Pattern BLOCK = Pattern.compile("```python\n(.*?)```", Pattern.DOTALL);

  /** The documentation folder, above the module that the tests run in. */
  private static Path docs() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("docs/determinism.md"))) {
      Path above = folder.getParent();
      if (above == null) {
        throw new AssertionError("no docs/determinism.md above " + Path.of("").toAbsolutePath());
      }
      folder = above;
    }
    return folder.resolve("docs");
  }

  private static List<String> blocks(String page) throws IOException {
    Matcher matcher = BLOCK.matcher(Files.readString(docs().resolve(page)));
    List<String> blocks = new ArrayList<>();
    while (matcher.find()) {
      blocks.add(matcher.group(1));
    }
    assertFalse(blocks.isEmpty(), page);
    return blocks;
  }

  private static String python(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("python3"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      return output.isEmpty() ? "no answer" : output;
    }
    return "";
  }

  private static boolean hasNumPy() throws InterruptedException {
    try {
      return python("-c", "import numpy").isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void theAssertionsOfTheDeterminismPageHold() throws Exception {
    assumeTrue(hasNumPy(), "python3 with NumPy is not here");
    assertEquals("", python("-c", String.join("\n", blocks("determinism.md"))));
  }

  @Test
  void theVerificationPageQuotesItsScript() throws Exception {
    assertEquals(
        List.of(Files.readString(docs().resolve("verify_with_numpy.py"))),
        blocks("verify-with-numpy.md"));
  }
}
