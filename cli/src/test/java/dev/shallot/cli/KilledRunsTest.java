package dev.shallot.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.run.Json;
import dev.shallot.run.Model;
import dev.shallot.run.ModelFile;
import dev.shallot.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} at random moments: what is resumed is what was never killed, byte for byte. The
 * moments come from a seed that is printed ({@code -Dshallot.kill.seed=N} takes it again; what a
 * process is doing then depends on the machine).
 */
class KilledRunsTest {
  private static final List<List<String>> PLANS =
      List.of(
          List.of(
              "--width=128",
              "--rounds=200",
              "--threads=2",
              "--checkpoint-every=9",
              "--events-every=3",
              "--split=0.2"),
          List.of(
              "--paper",
              "--width=128",
              "--rounds=120",
              "--precision=float32",
              "--engine=gram",
              "--mask=bernoulli",
              "--subnets=4",
              "--local-steps=3",
              "--threads=1",
              "--track=flips,displacement",
              "--track-every=5",
              "--checkpoint-every=5"));

  /** The launcher's: the numeric kernels are compiled early. */
  private static final List<String> FLAGS =
      Stream.concat(
              Cli.FLAGS.stream(),
              Stream.of(
                  "-XX:+UseSerialGC",
                  "-XX:CompileCommand=quiet",
                  "-XX:CompileCommand=CompileThresholdScaling,dev.shallot.numeric.*::*,0.02"))
          .toList();

  private static final Set<String> TIMES = Set.of("started", "seconds", "trainingSeconds");

  @TempDir Path folder = Path.of("");

  @Test
  void sixKills() throws Exception {
    kill(6);
  }

  @Test
  @Tag("slow")
  void manyKills() throws Exception {
    kill(Integer.getInteger("shallot.kills", 200));
  }

  private void kill(int kills) throws Exception {
    long seed = Long.getLong("shallot.kill.seed", System.nanoTime() & 0xffff);
    System.out.println(kills + " kills, -Dshallot.kill.seed=" + seed);
    Random random = new Random(seed);
    Cli.run("data", "synthesize", "sphere", "--out", folder.resolve("s.csv"), "--rows", 40);
    long[] size = new long[PLANS.size()];
    long[] nanos = new long[PLANS.size()];
    for (int plan = 0; plan < PLANS.size(); plan++) {
      long begin = System.nanoTime();
      assertEquals(0, Cli.ended(folder, train(plan, "whole-" + plan)).exitCode());
      nanos[plan] = System.nanoTime() - begin;
      size[plan] = Files.size(folder.resolve("whole-" + plan).resolve("events.jsonl"));
    }
    int cut = 0;
    for (int i = 0; i < kills; i++) {
      int plan = i % PLANS.size();
      String name = "run-" + i;
      double moment = random.nextDouble();
      Process process = train(plan, name);
      if (i % 6 == 5) {
        // Anywhere between the start of the JVM and its end; the others are hit while they train.
        process.waitFor((long) (moment * nanos[plan]), TimeUnit.NANOSECONDS);
      } else {
        awaitEvents(process, name, (long) (moment * size[plan]));
      }
      cut += process.isAlive() ? 1 : 0;
      process.destroyForcibly().waitFor();
      double again = kills > 6 && random.nextBoolean() ? random.nextDouble() : 1.0;
      String state = goOn(plan, name, (long) (again * size[plan]), again < 1.0);
      System.out.printf("kill %d, plan %d, at %.3f: %s%n", i, plan, moment, state);
      check(folder.resolve("whole-" + plan), folder.resolve(name));
    }
    assertTrue(cut >= kills / 2, "only " + cut + " processes were still at work when killed");
  }

  private Process train(int plan, String name) throws IOException {
    List<Object> arguments = new ArrayList<>(List.of("train", "s.csv", "--target=y"));
    arguments.addAll(List.of("--out", name));
    arguments.addAll(PLANS.get(plan));
    return Cli.start(folder, FLAGS, arguments.toArray());
  }

  /** Waits until the log is longer than so many bytes. */
  private void awaitEvents(Process process, String name, long bytes)
      throws IOException, InterruptedException {
    Path events = folder.resolve(name).resolve("events.jsonl");
    while (process.isAlive() && !(Files.exists(events) && Files.size(events) > bytes)) {
      Thread.sleep(1);
    }
  }

  /** Resumes, perhaps killed again, until the run is at its end. */
  private String goOn(int plan, String name, long bytes, boolean again) throws Exception {
    Path run = folder.resolve(name);
    if (!Files.exists(run)) {
      // Killed before training began: there is nothing, and nothing in the way.
      assertEquals(0, Cli.ended(folder, train(plan, name)).exitCode());
      return "nothing was there yet";
    }
    String state = RunFolder.open(run).stopReason();
    boolean checkpoint = Files.exists(run.resolve("checkpoint.shallot"));
    if (again) {
      Process second = Cli.start(folder, FLAGS, "resume", name);
      awaitEvents(second, name, bytes);
      second.destroyForcibly().waitFor();
    }
    Cli.Result result = Cli.run("resume", run, "--data", folder.resolve("s.csv"), "-q");
    assertEquals(0, result.exitCode(), result.err());
    return state
        + (checkpoint ? ", with a checkpoint" : ", without one")
        + (again ? ", twice" : "");
  }

  private static void check(Path expected, Path actual) throws IOException {
    assertEquals(names(expected), names(actual));
    Path events = expected.resolve("events.jsonl");
    assertEquals(-1, Files.mismatch(events, actual.resolve("events.jsonl")));
    assertEquals(json(expected), json(actual));
    Model before = ModelFile.read(expected.resolve("model.shallot"));
    Model after = ModelFile.read(actual.resolve("model.shallot"));
    assertArrayEquals(before.network().hiddenWeights(), after.network().hiddenWeights());
    assertArrayEquals(before.network().outputWeights(), after.network().outputWeights());
    assertArrayEquals(before.initial().hiddenWeights(), after.initial().hiddenWeights());
    assertEquals(before.preprocessing(), after.preprocessing());
    assertEquals(without(before.provenance()), without(after.provenance()));
    assertEquals(before.plan(), after.plan());
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      // The report is written after the run is at its end; a kill in between leaves half of one.
      return files
          .map(f -> String.valueOf(f.getFileName()))
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    }
  }

  private static String json(Path folder) throws IOException {
    String text = Files.readString(folder.resolve("run.json"));
    return Json.write(without(Json.readObject(text, "run.json")));
  }

  private static Object without(Object tree) {
    if (!(tree instanceof Map<?, ?> map)) {
      return tree;
    }
    Map<Object, Object> copy = new LinkedHashMap<>();
    map.forEach(
        (key, value) -> {
          if (!TIMES.contains(String.valueOf(key)) && value != null) {
            copy.put(key, without(value));
          }
        });
    return copy;
  }
}
