package dev.shallot.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Predicate;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** NumPy's NPZ files: a ZIP of NPY arrays, named after the arrays. */
public final class Npz {
  private static final String SUFFIX = ".npy";

  /** ZIP files carry times; a fixed one makes equal arrays equal files. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private Npz() {}

  /**
   * Reads every array of a file, in the file's order: f8 as {@code double[]}, f4 as {@code
   * float[]}, u1 and b1 as {@code byte[]}, other whole numbers as {@code long[]}, all in C order.
   *
   * @throws DataException naming file, entry and cause when something is damaged (checksums are
   *     verified) or no array of numbers
   */
  public static SequencedMap<String, NpyArray> read(Path file) {
    return read(file, name -> true);
  }

  /** Reads the arrays whose names are wanted, and does not look at the others. */
  public static SequencedMap<String, NpyArray> read(Path file, Predicate<String> wanted) {
    FileSource source = FileSource.open(file);
    if (source.startsWith(0x93, 'N', 'U', 'M', 'P', 'Y')) {
      throw new DataException(
          file + " is a single NPY array; store it in an NPZ: numpy.savez(file, X=x, y=y)");
    }
    LinkedHashMap<String, NpyArray> arrays = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        String name = entry.getName();
        if (name.endsWith(SUFFIX)) {
          String array = name.substring(0, name.length() - SUFFIX.length());
          if (wanted.test(array)) {
            arrays.put(array, read(file, zip, entry));
          }
        }
      }
    } catch (ZipException e) {
      throw new DataException(file + " is damaged or no NPZ file (a ZIP): " + Causes.of(e), e);
    } catch (IOException e) {
      throw FileSource.unreadable(file, e);
    }
    return arrays;
  }

  /**
   * One of the arrays that were read.
   *
   * @throws DataException if there is none of this name
   */
  public static NpyArray array(SequencedMap<String, NpyArray> arrays, String name) {
    NpyArray array = arrays.get(name);
    if (array == null) {
      throw new DataException("there is no array '" + name + "'; there are " + arrays.keySet());
    }
    return array;
  }

  /** The names of the arrays of a file, in its order. */
  static List<String> names(Path file) {
    List<String> names = new ArrayList<>();
    read(
        file,
        name -> {
          names.add(name);
          return false;
        });
    return names;
  }

  private static NpyArray read(Path file, ZipFile zip, ZipEntry entry) {
    try (InputStream raw = zip.getInputStream(entry);
        CheckedInputStream in =
            new CheckedInputStream(new BufferedInputStream(raw, 1 << 16), new CRC32())) {
      NpyArray array = NpyCodec.read(in);
      if (in.getChecksum().getValue() != entry.getCrc()) {
        throw new IllegalArgumentException("its checksum is wrong");
      }
      return array;
    } catch (ZipException | EOFException | IllegalArgumentException e) {
      throw new DataException(
          file + ": array '" + entry.getName() + "' cannot be read: " + Causes.of(e), e);
    } catch (IOException e) {
      throw FileSource.unreadable(file, e);
    }
  }

  /**
   * Writes a new file, whole or not at all; equal arrays give equal bytes. Entries are stored, not
   * deflated: weights do not shrink.
   *
   * @throws DataException if the file exists or cannot be written
   */
  public static void write(Path file, SequencedMap<String, NpyArray> arrays) {
    for (String name : arrays.keySet()) {
      if (name.isEmpty() || name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
        throw new DataException("'" + name + "' cannot be the name of an array");
      }
    }
    AtomicFile.create(file, out -> writeZip(arrays, out));
  }

  private static void writeZip(SequencedMap<String, NpyArray> arrays, OutputStream out)
      throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    for (var named : arrays.entrySet()) {
      NpyArray array = named.getValue();
      CRC32 checksum = new CRC32();
      try (CheckedOutputStream sink =
          new CheckedOutputStream(OutputStream.nullOutputStream(), checksum)) {
        NpyCodec.write(array, sink);
      }
      ZipEntry entry = new ZipEntry(named.getKey() + SUFFIX);
      entry.setMethod(ZipEntry.STORED);
      entry.setTimeLocal(TIME);
      entry.setSize(NpyCodec.length(array));
      entry.setCompressedSize(NpyCodec.length(array));
      entry.setCrc(checksum.getValue());
      zip.putNextEntry(entry);
      NpyCodec.write(array, zip);
      zip.closeEntry();
    }
    zip.finish();
  }
}
