package dev.shallot.data;

import java.nio.file.Path;
import java.util.Locale;

/** Tells by a file's first bytes, then by its name, what reads it. */
final class TableReader {
  private TableReader() {}

  static Table read(Path file, TableFormat format) {
    FileSource source = FileSource.open(file);
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (source.startsWith('P', 'A', 'R', '1')) {
      return new ParquetTableReader(source, format).read();
    }
    if (name.endsWith(".parquet")) {
      throw new DataException(file + " is damaged or no Parquet file: it does not begin with PAR1");
    }
    if (name.endsWith(".npz") || source.startsWith(0x93, 'N', 'U', 'M', 'P', 'Y')) {
      return new NpzTableReader(source).read();
    }
    if (source.startsWith('P', 'K')) {
      throw new DataException(
          file
              + " is a ZIP archive or a spreadsheet; export it as CSV, or name it .npz if it is"
              + " NumPy's");
    }
    return new TextTableReader(source, format).read();
  }
}
