package dev.shallot.report;

import java.util.List;

/**
 * How far a run's event log has come.
 *
 * @param initialError G_0, NaN where it is not there
 * @param lastError the last error that was measured
 * @param rounds the round after the last one in the log
 * @param observed how many rounds are in the log
 * @param bytes that a distributed run would have moved in these, NaN where it was not measured
 * @param notes sentences about what the log lacks
 */
record Progress(
    double initialError,
    double lastError,
    double rounds,
    long observed,
    double bytes,
    List<String> notes) {}
