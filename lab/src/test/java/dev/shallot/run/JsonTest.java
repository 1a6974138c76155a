package dev.shallot.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void numbersReadBackToTheSameBits() {
    for (double value : new double[] {0.1, 1e-300, Math.PI, 1e22, -0.0, Double.MIN_VALUE}) {
      Object back = Json.readObject(Json.write(Map.of("x", value)), "text").get("x");
      assertEquals(value, back);
    }
  }

  @Test
  void numbersThatAreNotFiniteBecomeNull() {
    String text = Json.writeCompact(Map.of("x", List.of(Double.NaN, Double.POSITIVE_INFINITY, 1)));
    assertEquals("{\"x\":[null,null,1]}", text);
  }

  @Test
  void closeNamesAreFound() {
    assertEquals(List.of("width"), NearMiss.of("widht", List.of("width", "rounds")));
    assertEquals(List.of("local-steps"), NearMiss.of("localsteps", PlanKey.names()));
    assertTrue(NearMiss.of("step", PlanKey.names()).contains("step-size"));
    assertEquals("", NearMiss.sentence("qqq", PlanKey.names()));
  }
}
