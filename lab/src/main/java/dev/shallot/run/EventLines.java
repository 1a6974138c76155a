package dev.shallot.run;

import dev.shallot.engine.Measurement;
import dev.shallot.engine.RoundReport;
import dev.shallot.plan.StepSizes;
import dev.shallot.plan.TrainingPlan;
import dev.shallot.track.Tracked;
import dev.shallot.training.StopReason;
import dev.shallot.training.TrainingEvent;
import dev.shallot.training.TrainingListener;

/**
 * Makes the lines of {@code events.jsonl}: one JSON object each. Numbers are in their shortest form
 * that reads back to the same bits; one that is not finite is null.
 *
 * <pre>
 * {"round":-1,"type":"initial","error":G_0,"flips":0,"dead":..}
 * {"round":k,"type":"sampled","errors":[p numbers]}
 * {"round":k,"type":"local","subnet":l,"errors":[tau numbers]}
 * {"round":k,"type":"aggregated","error":..,"displacement":..,"flips":..,"uncovered":..,"dead":..,"bytes":..}
 * </pre>
 *
 * A run that stops early by rows that are not trained on also has, before training (round -1) and
 * after observed rounds, the loss on them, a row:
 *
 * <pre>
 * {"round":k,"type":"held-out","loss":..}
 * </pre>
 *
 * A run that is tracked also has, before training and before a round (and once after the last),
 *
 * <pre>
 * {"round":-1,"type":"tracking","lambda0":..,"radius":..,"eigenvalues":[of H(0), largest first]}
 * {"round":k,"type":"tracked","drift":..,"lambdaMin":..,"subnetLambdaMin":[p],"flipShare":..,"farthest":..,
 *  "meanDistance":..,"movement":..,"outside":..,"residual":[octaves],"coefficients":[n c],"pl":..}
 * </pre>
 *
 * with what was asked for; a round of which nothing could be measured has "notFinite":null and says
 * "why".
 */
final class EventLines implements TrainingListener {
  private final EventSink sink;
  private final StringBuilder line = new StringBuilder(256);

  EventLines(EventSink sink) {
    this.sink = sink;
  }

  @Override
  public void started(TrainingPlan plan, StepSizes steps, String engine, Measurement initial) {
    begin(-1, "initial").append(",\"error\":");
    number(initial.error());
    line.append(",\"flips\":").append(initial.flips());
    line.append(",\"dead\":").append(initial.dead());
    end();
    sink.flush();
  }

  @Override
  public void event(TrainingEvent event) {
    switch (event) {
      case TrainingEvent.Sampled sampled -> {
        begin(sampled.round(), "sampled");
        errors(sampled.errors());
      }
      case TrainingEvent.LocalSteps local -> {
        begin(local.round(), "local").append(",\"subnet\":").append(local.subnet());
        errors(local.errors());
      }
      case TrainingEvent.Aggregated aggregated -> {
        Measurement whole = aggregated.whole();
        begin(aggregated.round(), "aggregated").append(",\"error\":");
        number(whole.error());
        line.append(",\"displacement\":");
        number(whole.displacement());
        line.append(",\"flips\":").append(whole.flips());
        line.append(",\"uncovered\":").append(aggregated.uncovered());
        line.append(",\"dead\":").append(whole.dead());
        line.append(",\"bytes\":").append(aggregated.bytes());
      }
    }
    end();
  }

  /** Writes what was measured on held-out rows. */
  void heldOut(long round, double loss) {
    begin(round, "held-out").append(",\"loss\":");
    number(loss);
    end();
  }

  /** Writes what was tracked. */
  void tracked(Tracked tracked) {
    begin(tracked.round(), tracked.round() < 0 ? "tracking" : "tracked");
    for (Tracked.Entry entry : tracked.numbers()) {
      line.append(",\"").append(entry.name()).append("\":");
      if (entry.single()) {
        number(entry.values()[0]);
      } else {
        numbers(entry.values());
      }
    }
    tracked.failure().ifPresent(why -> line.append(",\"why\":").append(Json.writeCompact(why)));
    end();
  }

  @Override
  public void roundDone(long round, RoundReport report) {
    sink.flush();
  }

  @Override
  public void finished(StopReason reason) {
    sink.flush();
  }

  private StringBuilder begin(long round, String type) {
    line.setLength(0);
    return line.append("{\"round\":").append(round).append(",\"type\":\"").append(type).append('"');
  }

  private void errors(double[] errors) {
    line.append(",\"errors\":");
    numbers(errors);
  }

  private void numbers(double[] numbers) {
    line.append('[');
    for (int i = 0; i < numbers.length; i++) {
      if (i > 0) {
        line.append(',');
      }
      number(numbers[i]);
    }
    line.append(']');
  }

  private void number(double value) {
    if (Double.isFinite(value)) {
      line.append(value);
    } else {
      line.append("null");
    }
  }

  private void end() {
    sink.line(line.append('}'));
  }
}
