package dev.shallot.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code shallot data}: what is in a file, and files that are made. */
@Command(
    name = "data",
    description = "Describe a table, or write a built-in one.",
    subcommands = {DescribeCommand.class, SynthesizeCommand.class})
final class DataCommand implements Runnable {
  @Mixin private CommonOptions common = new CommonOptions();

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public void run() {
    HelpCommand.show(spec.commandLine(), new View(spec.commandLine(), common));
  }
}
