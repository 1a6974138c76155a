package dev.shallot.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code shallot data}: what is in a file, files that are made, files that are fetched. */
@Command(
    name = "data",
    description = "Describe a table, write a built-in one, or fetch a published one.",
    subcommands = {DescribeCommand.class, SynthesizeCommand.class, FetchCommand.class})
final class DataCommand implements Runnable {
  @Mixin private CommonOptions common = new CommonOptions();

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public void run() {
    HelpCommand.show(spec.commandLine(), common.view());
  }
}
