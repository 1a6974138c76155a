package dev.shallot.run;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  @Test
  void aFileThatIsNoTextIsCalledThat() throws IOException {
    Path model = Files.write(folder.resolve("model.bin"), new byte[] {'S', (byte) 0xFF, 0, 1});
    String message = TestRuns.refusal(() -> PlanDocument.practitioner().withFile(model));
    assertTrue(message.contains(model + ": it is not text in UTF-8"), message);
  }
}
