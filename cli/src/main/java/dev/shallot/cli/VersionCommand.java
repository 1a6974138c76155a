package dev.shallot.cli;

import dev.shallot.numeric.Simd;
import dev.shallot.run.ProgramVersion;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code shallot version}. */
@Command(name = "version", description = "Show the version, the JVM and the vector instructions.")
final class VersionCommand implements Runnable {
  @Mixin private CommonOptions common = new CommonOptions();

  @Override
  public void run() {
    show(common.view());
  }

  static void show(View view) {
    view.result(Shallot.versionLine());
    view.result("vectors: " + Simd.description());
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("version", ProgramVersion.text());
    document.put("jvm", Runtime.version().toString());
    document.put("simd", Simd.description());
    view.document(document);
  }
}
