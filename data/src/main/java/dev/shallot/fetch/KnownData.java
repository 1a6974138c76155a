package dev.shallot.fetch;

import dev.shallot.data.DataException;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A published data set of which every byte is known.
 *
 * @param name what people type
 * @param title what it is called
 * @param file its file name
 * @param address where it is published
 * @param bytes its size
 * @param sha256 of its bytes
 * @param licence that it is under
 * @param citation to keep with it
 * @param caution what a reader should know before using it
 */
public record KnownData(
    String name,
    String title,
    String file,
    URI address,
    long bytes,
    String sha256,
    String licence,
    String citation,
    String caution) {
  /** The data of the ICLR figures. */
  public static final KnownData COMMUNITIES_AND_CRIME =
      new KnownData(
          "communities-crime",
          "Communities and Crime (UCI 183)",
          "communities.data",
          URI.create(
              "https://archive.ics.uci.edu/ml/machine-learning-databases/communities/communities.data"),
          1_102_815,
          "09e0b5c07eae24c1efab19b2edee05e160e7f5743b6f31e31eec3d73624da2ea",
          "CC BY 4.0",
          "Redmond, M. (2002). Communities and Crime [Dataset]. UCI Machine Learning Repository."
              + " https://doi.org/10.24432/C53W3X",
          "Its columns include the ethnic and income composition of places: use it for numerical"
              + " tests, not for statements about people or places.");

  private static final List<KnownData> ALL = List.of(COMMUNITIES_AND_CRIME);

  /** All of them. */
  public static List<KnownData> all() {
    return ALL;
  }

  /** The one of a name. */
  public static KnownData of(String name) {
    return ALL.stream()
        .filter(data -> data.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new DataException(
                    "no data set \"%s\" is known; there is: %s"
                        .formatted(
                            name,
                            ALL.stream().map(KnownData::name).collect(Collectors.joining(", ")))));
  }
}
