package dev.shallot.run;

import static dev.shallot.run.BinaryFormat.PROLOGUE;
import static dev.shallot.run.BinaryFormat.SECTION;
import static dev.shallot.run.BinaryFormat.SECTION_HEAD;

import dev.shallot.engine.Measurement;
import dev.shallot.engine.StateExchange;
import dev.shallot.engine.Stateful;
import dev.shallot.file.WholeFile;
import dev.shallot.plan.StepSizes;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes and reads {@code checkpoint.shallot}, a {@link BinaryFormat}. The header has what {@link
 * Checkpoint} says and lists the sections with their types; the sections are the state, piece by
 * piece as the engine and the listeners hand it out. Sections of one name are one array: whoever
 * takes it in may cut it otherwise, as an engine does whose parts have another size today.
 *
 * <p>There is one such file a run. A new one takes the place of the old one only when it is on the
 * disk as a whole, so that there is a usable one at every moment.
 */
final class CheckpointFile implements StateExchange, AutoCloseable {
  static final int VERSION = 1;

  static final BinaryFormat FORMAT =
      new BinaryFormat(
          "SHALCP",
          VERSION,
          "checkpoint",
          "delete the file, and \"shallot resume\" begins the run again");

  private record Section(String name, String type, long count) {}

  /** What is left of a section: where its numbers are in the file, and how many. */
  private record Left(String type, long offset, long count) {}

  private final BinaryReader reader;
  private final FileChannel channel;
  private final Checkpoint checkpoint;
  private final List<Section> sections;
  private final Map<String, Deque<Left>> left = new LinkedHashMap<>();

  private CheckpointFile(
      BinaryReader reader, FileChannel channel, Checkpoint checkpoint, List<Section> sections)
      throws IOException {
    this.reader = reader;
    this.channel = channel;
    this.checkpoint = checkpoint;
    this.sections = sections;
    long offset = reader.position() + SECTION_HEAD;
    for (Section section : sections) {
      left.computeIfAbsent(section.name(), name -> new ArrayDeque<>())
          .add(new Left(section.type(), offset, section.count()));
      offset += SECTION + section.count() * Elements.bytes(section.type());
    }
  }

  /** Writes or replaces a checkpoint, whole or not at all. */
  static void write(Path file, Checkpoint checkpoint, Stateful state, WholeFile.Probe probe) {
    AtomicFile.write(
        file,
        channel -> {
          List<Section> sections = new ArrayList<>();
          state.exchange(
              new Pieces(
                  Purpose.SIZES,
                  (name, numbers) ->
                      sections.add(new Section(name, numbers.type(), numbers.count()))));
          BinaryWriter writer = new BinaryWriter(channel);
          writer.begin(FORMAT, VERSION, header(checkpoint, sections));
          state.exchange(new Pieces(Purpose.SAVE, writer::section));
          writer.end();
        },
        probe);
  }

  /**
   * Opens a checkpoint, after all of it was read and found whole; the pieces of the state are there
   * to be exchanged, in their order.
   *
   * @throws RunException if the file is absent, no checkpoint, damaged (with the offset), or of a
   *     newer version
   */
  static CheckpointFile open(Path file) {
    try (CheckpointFile whole = begin(file)) {
      for (Section section : whole.sections) {
        whole.reader.skip(section.name(), section.count(), Elements.bytes(section.type()));
      }
      whole.reader.end();
      return begin(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static CheckpointFile begin(Path file) {
    FileChannel channel;
    try {
      channel = FileChannel.open(file, StandardOpenOption.READ);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    try {
      BinaryReader reader = new BinaryReader(FORMAT, file, channel);
      reader.begin();
      Checkpoint checkpoint = checkpoint(reader);
      List<Section> sections = sections(reader);
      reader.checkLength(
          sections.stream().mapToLong(s -> SECTION + s.count() * Elements.bytes(s.type())).sum());
      return new CheckpointFile(reader, channel, checkpoint, sections);
    } catch (IOException e) {
      closeQuietly(channel);
      throw unreadable(file, e);
    } catch (RuntimeException e) {
      closeQuietly(channel);
      throw e;
    }
  }

  private static RunException unreadable(Path file, IOException e) {
    return new RunException("cannot read %s: %s".formatted(file, AtomicFile.reason(e)), e);
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // It was open for reading only; nothing is lost.
      return;
    }
  }

  private static Map<String, Object> header(Checkpoint checkpoint, List<Section> sections) {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("rounds", checkpoint.rounds());
    header.put("stepSize", checkpoint.steps().hidden());
    header.put("outputStepSize", checkpoint.steps().output());
    header.put("stepSizeReason", checkpoint.steps().reason());
    header.put("initialError", checkpoint.initial().error());
    header.put("initialDisplacement", checkpoint.initial().displacement());
    header.put("initialFlips", checkpoint.initial().flips());
    header.put("initialDead", checkpoint.initial().dead());
    header.put("engine", checkpoint.engine());
    header.put("eventsBytes", checkpoint.events().bytes());
    header.put("eventsCrc32c", checkpoint.events().crc());
    header.put("initialCrc32c", checkpoint.initialCrc());
    header.put("seconds", checkpoint.seconds());
    header.put("trainingSeconds", checkpoint.trainingSeconds());
    header.put("dataSha256", checkpoint.dataSha256());
    header.put("version", checkpoint.version());
    header.put("plan", checkpoint.plan());
    header.put(
        "sections",
        sections.stream()
            .map(s -> Map.of("name", s.name(), "type", s.type(), "count", s.count()))
            .toList());
    return header;
  }

  private static Checkpoint checkpoint(BinaryReader reader) {
    return new Checkpoint(
        reader.number("rounds").longValue(),
        new StepSizes(
            reader.number("stepSize").doubleValue(),
            reader.number("outputStepSize").doubleValue(),
            String.valueOf(reader.part("stepSizeReason"))),
        new Measurement(
            reader.number("initialError").doubleValue(),
            reader.number("initialDisplacement").doubleValue(),
            reader.number("initialFlips").longValue(),
            reader.number("initialDead").intValue()),
        String.valueOf(reader.part("engine")),
        new EventLog.Mark(
            reader.number("eventsBytes").longValue(), reader.number("eventsCrc32c").intValue()),
        reader.number("seconds").doubleValue(),
        reader.number("trainingSeconds").doubleValue(),
        reader.tree("plan"),
        String.valueOf(reader.part("dataSha256")),
        reader.number("initialCrc32c").intValue(),
        String.valueOf(reader.part("version")));
  }

  private static List<Section> sections(BinaryReader reader) {
    List<Section> sections = new ArrayList<>();
    if (reader.part("sections") instanceof List<?> list) {
      for (Object entry : list) {
        if (entry instanceof Map<?, ?> section
            && section.get("count") instanceof Number count
            && count.longValue() >= 0
            && Elements.bytes(String.valueOf(section.get("type"))) > 0) {
          sections.add(
              new Section(
                  String.valueOf(section.get("name")),
                  String.valueOf(section.get("type")),
                  count.longValue()));
          continue;
        }
        throw reader.damaged(PROLOGUE, "\"sections\" in the header has the entry " + entry);
      }
    }
    return sections;
  }

  Checkpoint checkpoint() {
    return checkpoint;
  }

  @Override
  public Purpose purpose() {
    return Purpose.RESTORE;
  }

  @Override
  public void floats(String name, float[] array, int rows, int columns, int stride)
      throws IOException {
    fill(name, new Elements(array, rows, columns, stride));
  }

  @Override
  public void doubles(String name, double[] array, int rows, int columns, int stride)
      throws IOException {
    fill(name, new Elements(array, rows, columns, stride));
  }

  @Override
  public void longs(String name, long[] array, int count) throws IOException {
    fill(name, new Elements(array, 1, count, count));
  }

  /** The next numbers of that name, however they were cut into sections. */
  private void fill(String name, Elements numbers) throws IOException {
    Deque<Left> rest = left.getOrDefault(name, new ArrayDeque<>());
    for (long done = 0; done < numbers.count(); ) {
      Left next = rest.poll();
      if (next == null || !next.type().equals(numbers.type())) {
        throw reader.damaged(
            PROLOGUE,
            "of \"%s\" this run needs %d more numbers of %s where it has %s: another engine or another version of the program wrote it"
                .formatted(
                    name,
                    numbers.count() - done,
                    numbers.type(),
                    next == null ? "none" : "%d of %s".formatted(next.count(), next.type())));
      }
      long count = Math.min(next.count(), numbers.count() - done);
      reader.numbers(next.offset(), numbers, done, count);
      if (count < next.count()) {
        long bytes = count * Elements.bytes(next.type());
        rest.push(new Left(next.type(), next.offset() + bytes, next.count() - count));
      }
      done += count;
    }
  }

  @Override
  public void close() {
    closeQuietly(channel);
  }

  @FunctionalInterface
  private interface Piece {
    void seen(String name, Elements numbers) throws IOException;
  }

  /** Sees the pieces of a state one by one and changes nothing. */
  private record Pieces(Purpose purpose, Piece piece) implements StateExchange {

    @Override
    public void floats(String name, float[] array, int rows, int columns, int stride)
        throws IOException {
      piece.seen(name, new Elements(array, rows, columns, stride));
    }

    @Override
    public void doubles(String name, double[] array, int rows, int columns, int stride)
        throws IOException {
      piece.seen(name, new Elements(array, rows, columns, stride));
    }

    @Override
    public void longs(String name, long[] array, int count) throws IOException {
      piece.seen(name, new Elements(array, 1, count, count));
    }
  }
}
