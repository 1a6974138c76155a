package dev.shallot.cli;

import picocli.CommandLine.Option;

/** What every command takes. */
final class CommonOptions {
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
}
