package dev.shallot.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shallot.engine.dense.Forward;
import dev.shallot.network.Initialization;
import dev.shallot.network.Network;
import dev.shallot.plan.TrainingData;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ForwardTest {
  @Test
  void theMicroNetworkAnswersItsGolden() {
    // theory notes 4.0
    Network micro =
        new Network(
            3,
            2,
            1,
            new double[] {0.5, -0.25, -0.3, 0.4, 0.2, 0.7},
            new double[] {1, -1, 1},
            1 / Math.sqrt(3));
    assertArrayEquals(
        new double[] {0.40414518843273806, 0.36950417228136045},
        Forward.outputs(micro, new double[] {1, 0, 0.6, 0.8}, 2, 1),
        1e-15);
  }

  @Test
  void answersDependNeitherOnThreadsNorOnTheCompanyOfASample() {
    TrainingData data = Problems.gaussian(600, 7, 1, 2);
    Network network = Initialization.NTK.draw(1.0, 130, 7, 3, 5);
    double[] all = Forward.outputs(network, data.x(), 600, 1);
    assertArrayEquals(all, Forward.outputs(network, data.x(), 600, 7));
    for (int i : new int[] {0, 255, 256, 599}) {
      double[] alone =
          Forward.outputs(network, Arrays.copyOfRange(data.x(), i * 7, i * 7 + 7), 1, 1);
      for (int o = 0; o < 3; o++) {
        assertEquals(all[i * 3 + o], alone[o]);
      }
    }
    assertEquals(0, Forward.outputs(network, new double[0], 0, 2).length);
  }
}
