package dev.shallot.cli;

import dev.shallot.network.Activation;
import dev.shallot.run.Model;
import dev.shallot.run.ModelFile;
import dev.shallot.run.ModelTensors;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code shallot import}. */
@Command(
    name = "import",
    sortOptions = false,
    description = {
      "Make a model of a safetensors file, to predict with, evaluate, export, or start from.",
      "A file that export wrote gives the model back. One of another program needs arrays W (width"
          + " x features) and a (width x outputs), or the two linear layers of a PyTorch module"
          + " (NAME.weight and NAME.bias, whatever the names); its model takes a table's columns by"
          + " position, as they are: the features, and behind them, if they are there, the targets."
    })
final class ImportCommand implements Runnable {
  @Parameters(index = "0", paramLabel = "FILE", description = "A safetensors file.")
  private Path file = Path.of("");

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      description =
          "phi of a file that does not say its own: relu, softplus, gelu (by erf) or tanh.")
  private Optional<Activation> activation = Optional.empty();

  @Option(
      names = "--scale",
      paramLabel = "X",
      description =
          "What the sum over neurons is multiplied with, for a file of arrays W and a that does not"
              + " say: 1 for plain layers, 1/sqrt(width) in the papers' scaling.")
  private Optional<Double> scale = Optional.empty();

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      required = true,
      description = "The model file; must not exist. Usually NAME.shallot.")
  private Path out = Path.of("");

  @Mixin private CommonOptions common = new CommonOptions();

  @Override
  public void run() {
    View view = common.view();
    OutputFile.refuseExisting(out);
    Model model =
        ModelTensors.read(
            file, activation, scale.map(OptionalDouble::of).orElse(OptionalDouble.empty()));
    ModelFile.write(out, model);
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("width", model.network().width());
    facts.put("features", model.network().features());
    facts.put("outputs", model.network().outputs());
    facts.put("activation", model.network().activation().name().toLowerCase(Locale.ROOT));
    view.explain(
        "network    width %s, %s features%s, %s %s, %s"
            .formatted(
                facts.get("width"),
                facts.get("features"),
                model.preprocessing().bias() ? " (one of them constant)" : "",
                facts.get("outputs"),
                model.network().outputs() == 1 ? "output" : "outputs",
                facts.get("activation")));
    view.result(out.toString());
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("file", out.toString());
    document.putAll(facts);
    view.document(document);
  }
}
