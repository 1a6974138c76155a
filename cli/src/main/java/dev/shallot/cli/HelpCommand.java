package dev.shallot.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code shallot help [COMMAND...]}. */
@Command(name = "help", description = "Show the help of a command.")
final class HelpCommand implements Runnable {
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(arity = "0..2", paramLabel = "COMMAND", description = "The command.")
  private List<String> path = new ArrayList<>();

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public void run() {
    CommandLine command = spec.commandLine().getParent();
    for (String name : path) {
      CommandLine next = command.getSubcommands().get(name);
      if (next == null) {
        throw new CliException(
            "there is no command \"%s\"; there are %s."
                .formatted(name, String.join(", ", command.getSubcommands().keySet())));
      }
      command = next;
    }
    show(command, common.view());
  }

  static void show(CommandLine command, View view) {
    view.result(command.getUsageMessage().stripTrailing());
    view.document(Map.of("help", command.getUsageMessage()));
  }
}
