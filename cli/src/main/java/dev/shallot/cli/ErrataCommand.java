package dev.shallot.cli;

import dev.shallot.errata.Errata;
import dev.shallot.errata.Erratum;
import dev.shallot.errata.Shown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code shallot theory errata}. */
@Command(
    name = "errata",
    sortOptions = false,
    description =
        "List what we found wrong in the published text, each with the command that shows it.")
final class ErrataCommand implements Runnable {
  @Option(
      names = "--check",
      paramLabel = "ID",
      description = "Compute both sides of an entry, as E10; or of all of them, all.")
  private Optional<String> check = Optional.empty();

  @Mixin private CommonOptions common = new CommonOptions();

  @Override
  public void run() {
    View view = common.view();
    List<Erratum> chosen = chosen();
    List<Map<String, Object>> documents = new ArrayList<>();
    if (check.isEmpty()) {
      Errata.PREFACE.forEach(view::explain);
      view.explain("");
    }
    for (Erratum erratum : chosen) {
      Map<String, Object> document = erratum.toMap();
      List<String> lines = new ArrayList<>();
      lines.add("%-4s %s".formatted(erratum.id(), erratum.where()));
      TheoryText.wrap(lines, "     published  ", erratum.published());
      TheoryText.wrap(lines, "     found      ", erratum.found());
      if (check.isEmpty()) {
        TheoryText.wrap(lines, "     matters    ", erratum.matters());
        lines.add("     shown by   " + erratum.command());
      }
      lines.add("");
      lines.forEach(view::result);
      if (check.isPresent()) {
        Shown shown = erratum.check().get();
        shown.lines().forEach(line -> view.result("     " + line));
        view.result(
            shown.shown()
                ? "     => as said above"
                : "     => NOT as said above: please report this, with your Java version");
        view.result("");
        document.put("numbers", shown.numbers());
        document.put("shown", shown.shown());
      }
      documents.add(document);
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("about", String.join(" ", Errata.PREFACE));
    document.put("errata", documents);
    view.document(document);
  }

  private List<Erratum> chosen() {
    if (check.isEmpty() || check.get().equalsIgnoreCase("all")) {
      return Errata.all();
    }
    return List.of(
        Errata.of(check.get())
            .orElseThrow(
                () ->
                    new CliException(
                        "--check: there is no entry \"%s\"; the entries are %s, and all."
                            .formatted(
                                check.get(),
                                String.join(
                                    ", ", Errata.all().stream().map(Erratum::id).toList())))));
  }
}
