package dev.shallot.spark;

import dev.shallot.engine.RoundTask;
import dev.shallot.engine.dense.NetworkPart;
import dev.shallot.engine.dense.PartMeasurement;
import dev.shallot.engine.dense.PartRows;
import dev.shallot.engine.dense.PartStart;
import dev.shallot.engine.dense.PartWork;
import dev.shallot.engine.dense.TrainedSubnet;
import dev.shallot.mask.MaskSet;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * What executors do in a round, as functions of what reaches them and of the {@link RunBrief}; so
 * that a task that is run twice, elsewhere, or again after its machine was lost gives the same.
 *
 * @param brief of the run
 * @param round k
 * @param subnetErrors see {@link RoundTask#subnetErrors}
 * @param <A> array type
 */
record RoundTasks<A>(Broadcast<RunBrief> brief, long round, boolean subnetErrors)
    implements Serializable {

  private Workplace place() {
    return Workplace.of(brief.value());
  }

  private int parts(Workplace place) {
    int size = place.brief().partSize();
    return (place.plan().width() + size - 1) / size;
  }

  /** One packet to each subnet that holds some of the part's neurons. */
  Iterator<Tuple2<Integer, Packet>> send(PartState<A> state) {
    Workplace place = place();
    PartWork<A> work = place.work();
    NetworkPart<A> part = state.part();
    MaskSet masks = place.masks(round);
    int number = part.first() / place.brief().partSize();
    // A subnet at a time, so that the rows are copied when they are written.
    return java.util.stream.IntStream.range(0, masks.subnets())
        .mapToObj(l -> new Tuple2<>(l, new Packet(number, work.select(part, masks, l))))
        .filter(packet -> java.lang.reflect.Array.getLength(packet._2().rows()) > 0)
        .iterator();
  }

  /** Trains a subnet on the rows that all parts sent; one packet back to each of them. */
  Iterator<Tuple2<Integer, Packet>> train(int subnet, Iterator<Tuple2<Integer, Packet>> packets) {
    Workplace place = place();
    PartWork<A> work = place.work();
    MaskSet masks = place.masks(round);
    int parts = parts(place);
    TrainedSubnet<A> trained =
        work.train(
            new RoundTask(round, masks, subnetErrors, false),
            subnet,
            place.brief().partSize(),
            rows(packets, packet -> {}));
    List<Tuple2<Integer, Packet>> back = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      A rows = trained.rows().get(part);
      if (part == subnet % parts) {
        SubnetErrors errors =
            new SubnetErrors(subnet, trained.stepErrors(), trained.subnetErrors());
        back.add(new Tuple2<>(part, new Packet(subnet, rows, Optional.of(errors))));
      } else if (java.lang.reflect.Array.getLength(rows) > 0) {
        back.add(new Tuple2<>(part, new Packet(subnet, rows)));
      }
    }
    return back.iterator();
  }

  /** The part after the round. */
  PartState<A> combine(PartState<A> before, Iterator<Tuple2<Integer, Packet>> packets) {
    Workplace place = place();
    List<SubnetErrors> told = new ArrayList<>();
    Iterator<PartRows<A>> back = rows(packets, packet -> packet.errors().ifPresent(told::add));
    NetworkPart<A> after = place.<A>work().combine(before.part(), place.masks(round), back);
    // Subnets that hold nothing of this part may report through it.
    back.forEachRemaining(nothing -> {});
    return new PartState<>(after, new PartState.Report<>(List.of(), told));
  }

  /** The same state, with its part measured. */
  PartState<A> measured(PartState<A> state, PartStart<A> start) {
    PartMeasurement<A> measured = place().<A>work().measure(state.part(), start);
    return new PartState<>(
        state.part(), new PartState.Report<>(List.of(measured), state.report().errors()));
  }

  /** A part at initialisation. */
  PartState<A> initial(int number) {
    Workplace place = place();
    int size = place.brief().partSize();
    int first = number * size;
    int count = Math.min(size, place.plan().width() - first);
    return new PartState<>(
        place.<A>work().initial(first, count), new PartState.Report<>(List.of(), List.of()));
  }

  /** What measuring a part needs of its beginning. */
  PartStart<A> start(int number) {
    return place().<A>work().start(initial(number).part());
  }

  /** What is in packets, one after the other; somebody sees each of them first. */
  private static <A> Iterator<PartRows<A>> rows(
      Iterator<Tuple2<Integer, Packet>> packets, Consumer<Packet> seen) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return packets.hasNext();
      }

      @Override
      @SuppressWarnings("unchecked")
      public PartRows<A> next() {
        Packet packet = packets.next()._2();
        seen.accept(packet);
        return new PartRows<>(packet.from(), (A) packet.rows());
      }
    };
  }

  static <T> T only(Iterator<T> one) {
    return one.next();
  }

  static List<Integer> numbers(int count) {
    Integer[] numbers = new Integer[count];
    Arrays.setAll(numbers, i -> i);
    return List.of(numbers);
  }
}
