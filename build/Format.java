import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks or rewrites the layout of every Java file below the folders given. Started from the source
 * by the build, with google-java-format on the class path.
 *
 * <p>Usage: {@code Format check|write FOLDER...}
 */
final class Format {
  private Format() {}

  public static void main(String[] arguments) throws Exception {
    boolean write = arguments[0].equals("write");
    Formatter formatter = new Formatter(JavaFormatterOptions.defaultOptions());
    List<Path> unformatted = new ArrayList<>();
    for (Path file : javaFiles(List.of(arguments).subList(1, arguments.length))) {
      String source = Files.readString(file);
      String formatted = formatter.formatSourceAndFixImports(source);
      if (formatted.equals(source)) {
        continue;
      }
      unformatted.add(file);
      if (write) {
        Files.writeString(file, formatted);
      }
    }
    for (Path file : unformatted) {
      System.err.println((write ? "formatted " : "not formatted: ") + file);
    }
    if (!write && !unformatted.isEmpty()) {
      System.err.println("Run: mvn -N -Dformat=write validate");
      System.exit(1);
    }
  }

  private static List<Path> javaFiles(List<String> folders) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String folder : folders) {
      if (!Files.isDirectory(Path.of(folder))) {
        continue;
      }
      try (Stream<Path> walk = Files.walk(Path.of(folder))) {
        walk.filter(path -> path.toString().endsWith(".java"))
            .filter(path -> !path.toString().contains("target/"))
            .sorted()
            .forEach(files::add);
      }
    }
    return files;
  }
}
