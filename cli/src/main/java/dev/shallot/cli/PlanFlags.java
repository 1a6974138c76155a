package dev.shallot.cli;

import dev.shallot.run.PlanDocument;
import dev.shallot.run.PlanKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Makes a flag of each plan key, so that flags, plan files and {@code run.json} cannot differ. */
final class PlanFlags {
  private PlanFlags() {}

  /** Adds flags to a command, grouped under headings; values stay text until they are merged. */
  static void add(CommandSpec command, List<PlanKey> keys, boolean withDefaults) {
    add(
        command,
        keys,
        withDefaults ? Optional.of(PlanDocument.practitioner()) : Optional.empty(),
        PlanDocument.paper());
  }

  /** The same with defaults of the command's own. */
  static void add(
      CommandSpec command, List<PlanKey> keys, PlanDocument defaults, PlanDocument paper) {
    add(command, keys, Optional.of(defaults), paper);
  }

  private static void add(
      CommandSpec command,
      List<PlanKey> keys,
      Optional<PlanDocument> defaults,
      PlanDocument paper) {
    int order = 10;
    for (PlanKey.Part part : PlanKey.Part.values()) {
      ArgGroupSpec.Builder group =
          ArgGroupSpec.builder()
              .heading("%n" + part.title() + ":%n")
              .validate(false)
              .exclusive(false)
              .order(order++);
      boolean any = false;
      for (PlanKey key : keys) {
        if (key.part() == part) {
          group.addArg(option(key, defaults.map(d -> defaultOf(key, d, paper)).orElse("")));
          any = true;
        }
      }
      if (any) {
        command.addArgGroup(group.build());
      }
    }
  }

  private static OptionSpec option(PlanKey key, String note) {
    String symbol = key.symbol().isEmpty() ? "" : key.symbol() + ": ";
    return OptionSpec.builder("--" + key.key())
        .paramLabel(key.placeholder())
        .type(String.class)
        .arity("1")
        .description(escaped(symbol + key.description() + "." + note))
        .build();
  }

  private static String defaultOf(PlanKey key, PlanDocument defaults, PlanDocument paper) {
    if (key == PlanKey.EVENTS || defaults.value(key).isEmpty()) {
      return "";
    }
    String usual = defaults.show(key);
    if (key == PlanKey.NA) {
      return "";
    }
    if (key == PlanKey.THREADS && !usual.equals("1")) {
      return " Default: as many as there are cores.";
    }
    String papers = paper.show(key);
    return " Default: " + usual + (papers.equals(usual) ? "." : "; with --paper " + papers + ".");
  }

  /** picocli formats descriptions and reads @ as markup. */
  private static String escaped(String text) {
    return text.replace("%", "%%").replace("@", "@@");
  }

  /** The flags that were given, keys without dashes. */
  static Map<String, String> given(CommandLine.ParseResult parsed) {
    Map<String, String> given = new LinkedHashMap<>();
    for (OptionSpec option : parsed.matchedOptions()) {
      PlanKey.of(option.longestName().replaceFirst("^--", ""))
          .ifPresent(key -> given.put(key.key(), String.valueOf(option.<Object>getValue())));
    }
    return given;
  }
}
