package dev.shallot.cli;

import dev.shallot.TheoryException;
import dev.shallot.TrainingException;
import dev.shallot.data.DataException;
import dev.shallot.run.Json;
import dev.shallot.run.PlanDocument;
import dev.shallot.run.PlanKey;
import dev.shallot.run.ProgramVersion;
import dev.shallot.run.RunException;
import dev.shallot.sweep.SweepSpec;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The root command: what the program can do, and how errors become words and exit codes. */
@Command(
    name = "shallot",
    description = {
      "Trains single-hidden-layer ReLU networks by training randomly masked subnetworks and"
          + " combining them again (Algorithm 1 of Liao and Kyrillidis).",
      "",
      "Start with:  shallot demo",
      "Own data:    shallot train DATA.csv --target COLUMN",
      ""
    },
    subcommands = {
      DemoCommand.class,
      TrainCommand.class,
      ResumeCommand.class,
      ReplayCommand.class,
      PredictCommand.class,
      EvaluateCommand.class,
      KernelCommand.class,
      WidthCommand.class,
      CostCommand.class,
      SweepCommand.class,
      QueryCommand.class,
      ReproduceCommand.class,
      TheoryCommand.class,
      ReportCommand.class,
      ServeCommand.class,
      ExportCommand.class,
      ImportCommand.class,
      DataCommand.class,
      VersionCommand.class,
      HelpCommand.class
    },
    footer = {
      "",
      "Exit codes: 0 done, 1 a replay differs, 2 bad input or usage, 3 a run diverged, 130"
          + " interrupted.",
      "Help on a command: shallot help COMMAND"
    })
public final class Shallot implements Runnable {
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = {"-V", "--version"},
      description = "Show the version.")
  private boolean version;

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public void run() {
    if (version) {
      VersionCommand.show(common.view());
      return;
    }
    HelpCommand.show(spec.commandLine(), common.view());
  }

  /** The whole command line, ready to execute; streams may be replaced before that. */
  public static CommandLine commandLine() {
    CommandLine root = new CommandLine(new Shallot());
    root.getSubcommands().forEach(Shallot::addFlags);
    root.setCaseInsensitiveEnumValuesAllowed(true);
    root.setUsageHelpWidth(100);
    root.setUsageHelpLongOptionsMaxWidth(34);
    root.setAbbreviatedOptionsAllowed(false);
    root.setExecutionStrategy(Shallot::execute);
    root.setParameterExceptionHandler(Shallot::usageError);
    root.setExecutionExceptionHandler(Shallot::error);
    return root;
  }

  /** The flags that are made of plan keys. */
  private static void addFlags(String name, CommandLine command) {
    switch (name) {
      case "train" -> PlanFlags.add(command.getCommandSpec(), List.of(PlanKey.values()), true);
      case "sweep" ->
          PlanFlags.add(
              command.getCommandSpec(),
              SweepCommand.FLAGS,
              SweepSpec.of(PlanDocument.practitioner(), List.of()).base(),
              SweepSpec.of(PlanDocument.paper(), List.of()).base());
      case "width" ->
          PlanFlags.add(
              command.getCommandSpec(),
              WidthCommand.FLAGS,
              WidthCommand.defaults(false),
              WidthCommand.defaults(true));
      case "kernel" -> PlanFlags.add(command.getCommandSpec(), KernelCommand.FLAGS, true);
      case "theory" -> PlanFlags.add(command.getCommandSpec(), TheoryCommand.FLAGS, false);
      case "predict", "evaluate", "describe" ->
          PlanFlags.add(command.getCommandSpec(), ModelTable.FLAGS, false);
      default -> command.getSubcommands().forEach(Shallot::addFlags);
    }
  }

  private static int execute(CommandLine.ParseResult parsed) {
    for (CommandLine command : parsed.asCommandLineList()) {
      if (command.isUsageHelpRequested()) {
        CommonOptions options = new CommonOptions();
        options.json = parsed.originalArgs().contains("--json");
        HelpCommand.show(command, new View(command, options));
        return ExitCodes.DONE;
      }
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  private static int usageError(CommandLine.ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    StringBuilder message = new StringBuilder(words(e));
    if (e instanceof CommandLine.UnmatchedArgumentException unmatched) {
      var suggestions = unmatched.getSuggestions();
      if (!suggestions.isEmpty()) {
        message.append(". Did you mean ").append(String.join(" or ", suggestions)).append('?');
      }
    }
    message
        .append(message.charAt(message.length() - 1) == '?' ? "" : ".")
        .append(" Help: ")
        .append(command.getCommandSpec().qualifiedName())
        .append(" --help");
    boolean json = Arrays.asList(arguments).contains("--json");
    return report(command, json, message.toString(), ExitCodes.BAD_INPUT);
  }

  /** picocli calls a wrong command an unmatched argument. */
  private static String words(CommandLine.ParameterException e) {
    boolean command =
        e instanceof CommandLine.UnmatchedArgumentException
            && !e.getCommandLine().getSubcommands().isEmpty();
    if (command && e instanceof CommandLine.UnmatchedArgumentException unmatched) {
      String first = unmatched.getUnmatched().get(0);
      if (!first.startsWith("-")) {
        return "there is no command \"" + first + "\"";
      }
    }
    return String.valueOf(e.getMessage());
  }

  private static int error(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
    boolean expected =
        e instanceof CliException
            || e instanceof RunException
            || e instanceof DataException
            || e instanceof TheoryException
            || e instanceof TrainingException;
    boolean json = parsed.originalArgs().contains("--json");
    boolean verbose = parsed.originalArgs().contains("--verbose");
    if (verbose) {
      e.printStackTrace(command.getErr());
    }
    String message =
        expected
            ? String.valueOf(e.getMessage())
            : "this is a fault of the program: %s%s"
                .formatted(e, verbose ? "" : ". Run again with --verbose and report what it shows");
    return report(command, json, message, expected ? ExitCodes.BAD_INPUT : ExitCodes.FAULT);
  }

  /** Tells an error once: on standard error in words, or on standard output as the document. */
  static int report(CommandLine command, boolean json, String message, int exitCode) {
    if (json) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("error", message);
      document.put("exitCode", exitCode);
      command.getOut().println(Json.write(document));
      command.getOut().flush();
    } else {
      PrintWriter err = command.getErr();
      err.println("shallot: " + message);
      err.flush();
    }
    return exitCode;
  }

  /** The version as a line for people. */
  static String versionLine() {
    return "shallot %s, JVM %s".formatted(ProgramVersion.text(), Runtime.version());
  }
}
