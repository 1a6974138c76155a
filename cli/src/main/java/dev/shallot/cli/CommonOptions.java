package dev.shallot.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every command takes. */
final class CommonOptions {
  /** Of the command that these are mixed into. */
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  @Option(
      names = "--json",
      description =
          "Print one JSON document on standard output and nothing else; progress goes to standard"
              + " error.")
  boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print results and errors only.")
  boolean quiet;

  @Option(names = "--verbose", description = "Show the stack trace of an error.")
  boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  /** Where the command speaks. */
  View view() {
    return new View(command.commandLine(), this);
  }
}
