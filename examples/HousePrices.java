import dev.shallot.api.Plan;
import dev.shallot.api.Shallot;
import dev.shallot.api.TrainedModel;
import dev.shallot.plan.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * Trains on a table, predicts, saves, loads and exports. From the repository's root, after
 * ./shallot was built once:
 *
 * <pre>java --add-modules=jdk.incubator.vector -cp cli/target/shallot.jar examples/HousePrices.java
 * </pre>
 */
public final class HousePrices {
  private HousePrices() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createTempDirectory("houses");
    Path table = Files.writeString(folder.resolve("houses.csv"), houses());

    Plan plan = Plan.defaults().width(256).rounds(150).heldOut(0.25).seed(7);
    TrainedModel model =
        Shallot.trainer()
            .plan(plan)
            .onProgress(
                (round, rounds, error) -> {
                  if (round % 50 == 0) {
                    System.out.printf(Locale.ROOT, "round %d of %d%n", round, rounds);
                  }
                })
            .train(table, "price");
    System.out.println("held out: " + model.summary().orElseThrow().heldOutScores());

    // One row by the names of its columns; texts are columns like any other.
    double price = model.predict(Map.of("area", 120, "rooms", 4, "district", "harbour"));
    System.out.printf(Locale.ROOT, "120 square metres at the harbour: %.0f%n", price);

    Path file = folder.resolve("price.shallot");
    model.save(file);
    TrainedModel loaded = Shallot.load(file);
    if (loaded.predictAll(table)[0][0] != model.predictAll(table)[0][0]) {
      throw new AssertionError("a model that is loaded predicts as the one that was saved");
    }
    loaded.exportOnnx(folder.resolve("price.onnx"), Precision.FLOAT32);
    System.out.println("wrote " + folder.resolve("price.onnx"));
  }

  /** Made-up houses: the price grows with area and rooms, and the harbour is dear. */
  private static String houses() {
    StringBuilder csv = new StringBuilder("area,rooms,district,price\n");
    for (int i = 0; i < 400; i++) {
      int area = 40 + i * 37 % 140;
      int rooms = 1 + i * 11 % 6;
      String district = i % 3 == 0 ? "harbour" : i % 3 == 1 ? "hills" : "old town";
      int price = 2000 * area + 9000 * rooms + (i % 3 == 0 ? 60 * area * rooms : 0);
      csv.append("%d,%d,%s,%d%n".formatted(area, rooms, district, price));
    }
    return csv.toString();
  }
}
