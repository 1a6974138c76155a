package dev.shallot.cli;

import dev.shallot.data.AtomicFile;
import dev.shallot.data.DataFacts;
import dev.shallot.data.NpyArray;
import dev.shallot.data.Npz;
import dev.shallot.data.PreparedData;
import dev.shallot.engine.WorkerPool;
import dev.shallot.kernel.KernelFile;
import dev.shallot.kernel.NearestPair;
import dev.shallot.kernel.Samples;
import dev.shallot.kernel.TangentKernel;
import dev.shallot.numeric.Simd;
import dev.shallot.report.Spectrum;
import dev.shallot.report.SpectrumSvg;
import dev.shallot.report.SpectrumText;
import dev.shallot.run.FactsJson;
import dev.shallot.run.PlanDocument;
import dev.shallot.run.PlanKey;
import dev.shallot.run.Run;
import dev.shallot.trial.Theory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code shallot kernel}. */
@Command(
    name = "kernel",
    sortOptions = false,
    description = {
      "Show the tangent kernels of the hidden layer and their spectra: infinite (H-inf), finite (H,"
          + " at the initial weights) and masked (m o H, of subnet 0 of round 0); or of both layers"
          + " (K, with what the theory of training both asks for). Data facts come first. Up to"
          + " order n c = 2,000 all eigenvalues, above it the largest ones; lambda_min always in an"
          + " interval that is proven.",
      ""
    })
final class KernelCommand implements Runnable {
  /** The plan keys that decide a kernel; the others would parse and change nothing. */
  static final List<PlanKey> FLAGS =
      Arrays.stream(PlanKey.values())
          .filter(
              key ->
                  key.part() == PlanKey.Part.NETWORK
                      || key.part() == PlanKey.Part.DATA
                      || Set.of(
                              PlanKey.LOSS,
                              PlanKey.MASK,
                              PlanKey.KEEP,
                              PlanKey.SUBNETS,
                              PlanKey.SEED,
                              PlanKey.THREADS)
                          .contains(key))
          .toList();

  @Parameters(
      index = "0",
      paramLabel = "DATA",
      description = "CSV, TSV, other text, Parquet or NPZ.")
  private Path data = Path.of("");

  @Option(
      names = "--kernels",
      paramLabel = "LIST",
      description =
          "Which: some of infinite, finite, masked, both, commas between. Default: the first"
              + " three.")
  private String kernels = "infinite,finite,masked";

  @Option(
      names = "--output-rate",
      paramLabel = "X",
      description =
          "eta_v/eta_W: the output layer's rate in the kernel of both layers, the hidden layer's"
              + " being 1. Default: 1.")
  private double outputRate = 1.0;

  @Option(names = "--paper", description = "Start from the papers' setting, not the defaults.")
  private boolean paper;

  @Option(
      names = "--plan",
      paramLabel = "FILE",
      description = "JSON with plan keys (flags without dashes), or a run.json.")
  private Optional<Path> planFile = Optional.empty();

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE.npz",
      description =
          "Write X, W, a, mask, the matrices and their eigenvalues for NumPy; must not exist.")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--plot",
      paramLabel = "FILE.svg",
      description = "Write the picture of the spectra; must not exist.")
  private Optional<Path> plot = Optional.empty();

  @Option(
      names = "--tiles",
      paramLabel = "FILE",
      description =
          "Compute one kernel into a file of tiles, where its matrix does not fit into memory; its"
              + " extreme eigenvalues are estimated from products, nothing is proven.")
  private Optional<Path> tiles = Optional.empty();

  @Mixin private CommonOptions common = new CommonOptions();

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public void run() {
    View view = common.view();
    Set<KernelKind> kinds = KernelKind.read(kernels);
    out.ifPresent(OutputFile::refuseExisting);
    plot.ifPresent(OutputFile::refuseExisting);
    tiles.ifPresent(OutputFile::refuseExisting);
    if (tiles.isPresent() && (kinds.size() > 1 || out.isPresent())) {
      throw new CliException(
          "--tiles holds one kernel and no arrays: choose one with --kernels, and leave --out"
              + " out.");
    }
    if (!(outputRate > 0.0 && Double.isFinite(outputRate))) {
      throw new CliException("--output-rate must be a positive number, but is " + outputRate + ".");
    }
    if (outputRate != 1.0 && !kinds.contains(KernelKind.BOTH)) {
      throw new CliException(
          "--output-rate is a rate of the kernel of both layers: ask for it with --kernels both.");
    }
    PlanDocument plan = paper ? PlanDocument.paper() : PlanDocument.practitioner();
    if (planFile.isPresent()) {
      plan = plan.withFile(planFile.get());
    }
    plan = Run.complete(plan.withFlags(PlanFlags.given(spec.commandLine().getParseResult())));
    int threads = plan.trainingPlan().threads();
    PreparedData prepared = Run.prepare(plan, data);
    try (WorkerPool pool = new WorkerPool(threads)) {
      KernelSource source = new KernelSource(plan, prepared, outputRate, pool);
      if (tiles.isEmpty()) {
        int matrices = out.isPresent() ? kinds.size() : 1;
        KernelRoom room =
            new KernelRoom(source.samples(), source.outputs(), matrices, source.bytes());
        room.check(Runtime.getRuntime().maxMemory(), room.tiles());
      }
      Optional<NearestPair> pair = NearestPair.of(Samples.of(prepared.train()), pool);
      KernelFacts facts = KernelFacts.of(prepared, pair);
      DataFacts complete = facts.complete(prepared.facts());
      Words.facts(prepared, complete).forEach(view::explain);
      facts.lines().forEach(view::explain);
      source.lines(kinds).forEach(view::explain);
      Theory.outside(plan, prepared)
          .ifPresent(
              why ->
                  TheoryText.folded(
                          "           "
                              + why
                              + ": the kernels are what they are, but training does not follow them"
                              + " so")
                      .forEach(view::explain));
      List<KernelSpectrum> spectra = spectra(view, source, kinds, pool);
      if (kinds.contains(KernelKind.BOTH)) {
        both = Optional.of(source.bothLayers());
      }
      tell(view, source, facts, complete, spectra);
    }
  }

  private final SequencedMap<String, NpyArray> arrays = new LinkedHashMap<>();
  private Optional<BothLayers> both = Optional.empty();

  private List<KernelSpectrum> spectra(
      View view, KernelSource source, Set<KernelKind> kinds, WorkerPool pool) {
    List<KernelSpectrum> spectra = new ArrayList<>();
    Optional<double[]> shared = Optional.empty();
    for (KernelKind kind : kinds) {
      long start = System.nanoTime();
      TangentKernel kernel = source.kernel(kind);
      int order = kernel.order();
      if (tiles.isPresent()) {
        spectra.add(streamed(view, source, kind, kernel, tiles.get(), start, pool));
        continue;
      }
      double[] matrix =
          out.isEmpty() && shared.isPresent() ? shared.get() : new double[order * order];
      shared = Optional.of(matrix);
      kernel.form(matrix, pool);
      progress(view, order, kind.word() + " kernel formed, looking for its eigenvalues", start);
      KernelSpectrum spectrum = KernelSpectrum.of(kind, matrix, order, start, pool);
      progress(view, order, kind.word() + " kernel done", start);
      spectra.add(spectrum);
      if (out.isPresent()) {
        arrays.put(kind.word(), NpyArray.matrix(order, order, matrix));
        arrays.put("eigenvalues_" + kind.word(), NpyArray.vector(spectrum.known().values()));
        arrays.put("ranks_" + kind.word(), ranks(spectrum.known()));
      }
    }
    return spectra;
  }

  private static NpyArray ranks(Spectrum known) {
    return new NpyArray(
        new int[] {known.ranks().length}, Arrays.stream(known.ranks()).asLongStream().toArray());
  }

  private static KernelSpectrum streamed(
      View view,
      KernelSource source,
      KernelKind kind,
      TangentKernel kernel,
      Path file,
      long start,
      WorkerPool pool) {
    view.remark(
        "writing %s of tiles to %s"
            .formatted(
                KernelRoom.size(KernelFile.bytes(kernel.samples(), kernel.outputs())), file));
    KernelFile.write(file, kernel, source.label(kind), pool);
    progress(view, Integer.MAX_VALUE, kind.word() + " kernel written", start);
    try (KernelFile written = KernelFile.open(file)) {
      return KernelSpectrum.of(
          kind,
          (vector, image) -> written.multiply(vector, image, pool),
          written.order(),
          written.trace(),
          start);
    }
  }

  private static void progress(View view, int order, String what, long start) {
    if (order > KernelRoom.ALL_EIGENVALUES) {
      view.remark(
          "%s, %s passed".formatted(what, View.seconds((System.nanoTime() - start) * 1e-9)));
    }
  }

  private void tell(
      View view,
      KernelSource source,
      KernelFacts assumptions,
      DataFacts facts,
      List<KernelSpectrum> spectra) {
    List<Spectrum> known = spectra.stream().map(KernelSpectrum::known).toList();
    view.result(KernelSpectrum.heading());
    spectra.forEach(spectrum -> view.result(spectrum.line()));
    source.withoutKeep(spectra).forEach(view::result);
    both.ifPresent(layers -> layers.lines().forEach(view::result));
    view.explain("");
    SpectrumText.lines(known).forEach(view::explain);
    view.explain("");
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("data", FactsJson.of(facts));
    document.put("assumptions", assumptions.toMap());
    document.put("setting", source.toMap());
    document.put("simd", Simd.description());
    document.put("kernels", spectra.stream().map(KernelSpectrum::toMap).toList());
    both.ifPresent(layers -> document.put("bothLayers", layers.toMap()));
    if (plot.isPresent()) {
      String svg =
          SpectrumSvg.render(
              known, "Spectra of tangent kernels", data.getFileName() + ": " + source.words());
      AtomicFile.create(plot.get(), file -> file.write(svg.getBytes(StandardCharsets.UTF_8)));
      view.result("picture    " + plot.get());
      document.put("picture", plot.get().toString());
    }
    if (out.isPresent()) {
      source.arrays(arrays);
      Npz.write(out.get(), arrays);
      view.result("arrays     %s: %s".formatted(out.get(), String.join(", ", arrays.keySet())));
      document.put("arrays", out.get().toString());
    }
    if (tiles.isPresent()) {
      view.result("tiles      " + tiles.get());
      document.put("tiles", tiles.get().toString());
    }
    view.document(document);
  }
}
