package dev.shallot.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskScalingPutsXiInOnePlaceTest {

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.25, 0.4, 1.0})
  void paperScalesTheWholeAndInvertedTheSubnet(double xi) {
    assertEquals(1.0, MaskScaling.PAPER.subnetFactor(xi));
    assertEquals(xi, MaskScaling.PAPER.wholeFactor(xi));
    assertEquals(1.0 / xi, MaskScaling.INVERTED.subnetFactor(xi));
    assertEquals(1.0, MaskScaling.INVERTED.wholeFactor(xi));
  }

  /** So that the mean of the subnets' outputs over masks is the whole network's (L-1) in both. */
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.25, 0.4, 1.0})
  void theWholeFactorIsXiTimesTheSubnetFactor(double xi) {
    for (MaskScaling scaling : MaskScaling.values()) {
      assertEquals(scaling.wholeFactor(xi), xi * scaling.subnetFactor(xi), 1e-15);
    }
  }
}
