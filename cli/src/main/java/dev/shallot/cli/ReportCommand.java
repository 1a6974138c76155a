package dev.shallot.cli;

import dev.shallot.picture.Palette;
import dev.shallot.picture.Picture;
import dev.shallot.picture.Pictures;
import dev.shallot.report.CompareReport;
import dev.shallot.report.ReportPictures;
import dev.shallot.report.RunReport;
import dev.shallot.report.SweepReport;
import dev.shallot.run.AtomicFile;
import dev.shallot.run.RunFolder;
import dev.shallot.sweep.SweepFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code shallot report}. */
@Command(
    name = "report",
    sortOptions = false,
    description = {
      "Write a report as one HTML file that needs nothing else: of a run, of a sweep, or of several"
          + " runs beside each other; or its figures as files for a paper.",
      ""
    })
final class ReportCommand implements Runnable {
  /** What a report is written as. */
  enum Format {
    HTML,
    SVG,
    PNG
  }

  @Parameters(
      index = "0",
      arity = "1..*",
      paramLabel = "DIR",
      description = "A run folder, the folder of a sweep, or several run folders.")
  private List<Path> folders = new ArrayList<>();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "html",
      description = "html: the report. svg, png: each figure as a file. Default: html.")
  private Format format = Format.HTML;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "PATH",
      description =
          "The HTML file, or the folder of the figures; must not exist. Default: report.html or"
              + " figures in DIR, written anew each time; of several runs comparison.html or"
              + " comparison-figures here.")
  private Optional<Path> out = Optional.empty();

  @Mixin private CommonOptions common = new CommonOptions();

  @Override
  public void run() {
    View view = common.view();
    boolean several = folders.size() > 1;
    for (Path folder : folders) {
      if (several && SweepFolder.isSweep(folder)) {
        throw new CliException(
            "%s is a sweep: a report shows one sweep, or several runs.".formatted(folder));
      }
      if (!SweepFolder.isSweep(folder)) {
        RunFolder.open(folder).read();
      }
    }
    // What the user names is never written over; nor is what lies where the user happens to be.
    String usual = format == Format.HTML ? "report.html" : "figures";
    String usualOfSeveral = format == Format.HTML ? "comparison.html" : "comparison-figures";
    if (out.isPresent() || several) {
      OutputFile.refuseExisting(out.orElse(Path.of(usualOfSeveral)));
    }
    Path target = out.orElse(several ? Path.of(usualOfSeveral) : folders.getFirst().resolve(usual));
    if (format == Format.HTML) {
      AtomicFile.write(target, html(several));
      view.result(target.toString());
      view.document(Map.of("report", target.toString()));
    } else {
      figures(view, target);
    }
  }

  private String html(boolean several) {
    if (several) {
      return CompareReport.html(folders);
    }
    Path folder = folders.getFirst();
    return SweepFolder.isSweep(folder) ? SweepReport.html(folder) : RunReport.html(folder);
  }

  private void figures(View view, Path target) {
    Map<String, Picture> pictures = ReportPictures.of(folders);
    try {
      Files.createDirectories(target);
    } catch (IOException e) {
      throw new CliException(
          "cannot make the folder %s: %s".formatted(target, AtomicFile.reason(e)), e);
    }
    List<String> files = new ArrayList<>();
    pictures.forEach(
        (name, picture) -> {
          boolean svg = format == Format.SVG;
          Path file = target.resolve(name + (svg ? ".svg" : ".png"));
          byte[] bytes =
              svg
                  ? Pictures.svg(picture, Palette.LIGHT).getBytes(StandardCharsets.UTF_8)
                  : Pictures.png(picture, Palette.LIGHT);
          AtomicFile.write(
              file,
              channel -> {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                  channel.write(buffer);
                }
              });
          files.add(file.toString());
          view.result(file.toString());
        });
    view.document(Map.of("figures", files));
  }
}
