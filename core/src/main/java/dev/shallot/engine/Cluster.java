package dev.shallot.engine;

import java.util.Optional;

/**
 * The other machines of a run.
 *
 * @param master where they are asked for, as their software writes it: spark://host:7077, yarn,
 *     local[2]; empty: as the process was started
 * @param folder a folder that all of them see, for what must survive one of them; empty: one on
 *     this machine
 * @param data how another machine gets the run's data
 */
public record Cluster(Optional<String> master, Optional<String> folder, DataOrigin data) {}
