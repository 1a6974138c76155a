#!/usr/bin/env python3
"""Checks a Shallot run with NumPy alone: python3 verify_with_numpy.py RUN_FOLDER [EXPORT.npz]

Reads run.json and events.jsonl of the run, and the arrays that `shallot export RUN_FOLDER --format
npz` wrote. Regenerates masks, minibatches and initial weights from the seed, re-runs Algorithm 1 in
float64, and compares every logged event. Exit code 0: all agree; 1: something does not.
"""
import json
import math
import pathlib
import sys

import numpy as np

# Second key words of the generator.
HIDDEN_WEIGHTS, OUTPUT_WEIGHTS, MASKS, BATCHES, SHARDS = 0, 1, 2, 3, 10


def words(seed, stream, subnet, round_, count):
    """Random words of (seed, stream, subnet, round)."""
    key = np.array([seed % 2**64, stream], dtype=np.uint64)
    return np.random.Philox(key=key, counter=[0, subnet, round_, 0]).random_raw(count)


def uniform(*coordinates):
    return (words(*coordinates) >> np.uint64(11)) * 2.0**-53


def permutation(*coordinates):
    return np.argsort(words(*coordinates) >> np.uint64(32), kind="stable")


def gaussian(seed, stream, count):
    u = uniform(seed, stream, 0, 0, count + count % 2)
    radius, angle = np.sqrt(-2 * np.log(1 - u[0::2])), 2 * np.pi * u[1::2]
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1).ravel()[:count]


def masks_of(plan, seed, round_, p, m):
    """p x m, True where subnet l holds neuron r."""
    subnets = np.arange(p)[:, None]
    if plan["mask"] == "full":
        return np.ones((p, m), dtype=bool)
    if plan["mask"] == "bernoulli":
        return np.stack([uniform(seed, MASKS, l, round_, m) < plan["keep"] for l in range(p)])
    if plan["mask"] == "categorical":
        return subnets == (uniform(seed, MASKS, 0, round_, m) * p).astype(int)
    owner = np.empty(m, dtype=int)
    owner[permutation(seed, MASKS, 0, round_, m)] = np.arange(m) // (m // p)
    return subnets == owner


def initial_weights(plan, seed, m, d, c):
    """The law's draw, or nothing where weights were read from a file."""
    deviations = {
        "ntk": (1.0, 0.0),
        "lecun": ((1 / d) ** 0.5, (1 / m) ** 0.5),
        "he": ((2 / d) ** 0.5, (2 / m) ** 0.5),
        "glorot": ((2 / (d + m)) ** 0.5, (2 / (m + c)) ** 0.5),
    }
    if plan["init"] not in deviations:
        return None
    hidden, output = deviations[plan["init"]]
    w = plan["init-scale"] * hidden * gaussian(seed, HIDDEN_WEIGHTS, m * d).reshape(m, d)
    negative = words(seed, OUTPUT_WEIGHTS, 0, 0, m * c) >> np.uint64(63) == 1
    a = np.where(negative, -1.0, 1.0)
    if plan["init"] != "ntk":
        a = output * gaussian(seed, OUTPUT_WEIGHTS, m * c)
    return w, a.reshape(m, c)


def activation(name, active):
    """phi and its derivative."""
    below = np.vectorize(lambda z: 0.5 * math.erfc(-z / math.sqrt(2)), otypes=[float])
    return {
        "relu": (lambda z: np.maximum(z, 0), active),
        "softplus": (lambda z: np.logaddexp(0, z), lambda z: 0.5 * (1 + np.tanh(z / 2))),
        "gelu": (lambda z: z * below(z),
                 lambda z: below(z) + z * np.exp(-z * z / 2) / math.sqrt(2 * math.pi)),
        "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    }[name]


def judge(loss, f, y, weight):
    """The reported error of answers f, and the residual that flows back; weight is a column."""
    if loss == "squared":
        return np.sum(weight * (f - y) ** 2), weight * (f - y)
    z = f - f.max(axis=1, keepdims=True)
    log_share = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return -np.sum(weight * y * log_share), weight * (np.exp(log_share) - y)


def step_factor(plan, k):
    """What step sizes are multiplied with in round k."""
    warm_up, shape = plan.get("warm-up", 0), plan.get("schedule", "constant")
    if k < warm_up:
        return (k + 1) / (warm_up + 1)
    part = (k - warm_up) / max(1, plan["rounds"] - warm_up)
    end = plan.get("schedule-end", 0)
    return {
        "constant": lambda: 1.0,
        "cosine": lambda: end + (1 - end) * (1 + math.cos(math.pi * part)) / 2,
        "linear": lambda: 1 - (1 - end) * part,
        "steps": lambda: plan["schedule-factor"] ** ((k - warm_up) // plan["schedule-every"]),
    }[shape]()


def relative(found, expected, start):
    """Largest difference over the largest weight; zeroed networks are measured by their start."""
    largest = max(np.abs(expected).max(), np.abs(start).max(), 1e-300)
    return np.abs(found - expected).max() / largest


class Comparison:
    """Keeps the largest deviation and what it belongs to."""

    def __init__(self):
        self.count, self.largest, self.where = 0, 0.0, "nothing"

    def add(self, found, expected, scale, where):
        self.count += 1
        deviation = np.max(np.abs(np.asarray(found) - expected) / scale, initial=0.0)
        if not deviation <= self.largest:  # a NaN is the largest of all
            self.largest, self.where = deviation, where


def verify(folder, export):
    run = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    plan, outcome = run["plan"], run["outcome"]
    events = {}
    for line in (folder / "events.jsonl").read_text(encoding="utf-8").splitlines():
        event = json.loads(line)
        events[event["round"], event["type"], event.get("subnet", 0)] = event
    with np.load(export) as arrays:
        X, Y, W0, a0 = (arrays[name] for name in ("X", "Y", "W0", "a0"))
        W_end, a_end, exported = arrays["W"], arrays["a"], arrays["masks"]
        first = int(arrays["first_round"]) if "first_round" in arrays else 0
        scale = float(arrays["scale"]) if "scale" in arrays else None
        weight = arrays["weights"][:, None] if "weights" in arrays else np.ones((len(X), 1))
    (n, d), (m, c), p, tau = X.shape, a0.shape, plan["subnets"], plan["local-steps"]
    seed, eta, eta_a = plan["seed"], outcome["stepSize"], outcome["outputStepSize"]
    if scale is None:
        scale = 1 / m**0.5 if plan["init"] == "ntk" else 1.0
    xi = {"full": 1.0, "bernoulli": plan["keep"]}.get(plan["mask"], 1 / p)
    inverted = plan["scaling"] == "inverted"
    subnet_scale = scale / xi if inverted else scale  # s:  uhat = s phi(X W') a  over held rows
    whole_scale = scale if inverted else scale * xi  #      u = s phi(X W') a  over all rows
    sharded = plan.get("data-split", "full") == "shard"
    size = n // p if sharded else n  # samples that a subnet learns from
    dealt = permutation(seed, SHARDS, 0, 0, n)
    B = size if plan["batch"] == "full" else min(plan["batch"], size)
    train_hidden, train_output = plan["train"] != "output", plan["train"] != "hidden"
    zeroing = plan["aggregation"] == "zero-uncovered"
    tolerance = 1e-9 if plan["precision"] == "float64" else 1e-3
    floor = (1e-12 if plan["precision"] == "float64" else 1e-6) * np.sum(Y**2)

    def active(z):
        return z > 0 if zeroing else z >= 0

    name = plan.get("activation", "relu")
    phi, slope = activation(name, active)

    loss, mu = plan.get("loss", "squared"), plan.get("momentum", 0)

    def error(w, a, s):
        return judge(loss, s * phi(X @ w.T) @ a, Y, weight)[0]

    seen = Comparison()
    active_at_start = active(X @ W0.T)

    def compare_whole(round_, kind, w, a):
        event = events.get((round_, kind, 0))
        if event is None:
            return
        where = f"{kind}, round {round_}"
        expected = error(w, a, whole_scale)
        seen.add(event["error"], expected, max(expected, floor), where)
        now = active(X @ w.T)
        seen.add(event["flips"], np.sum(now != active_at_start), n * m, where + ", flips")
        seen.add(event["dead"], np.sum(~now.any(axis=0)) * (name == "relu"), m, where + ", dead")
        if kind == "aggregated":
            moved = np.sqrt(np.max(np.sum((w - W0) ** 2, axis=1)))
            seen.add(event["displacement"], moved, max(moved, 1e-300), where + ", displacement")

    def compare_errors(round_, kind, subnet, found, expected):
        scales = np.maximum(expected, floor)
        seen.add(found, expected, scales, f"{kind}, round {round_}, subnet {subnet}")

    drawn = initial_weights(plan, seed, m, d, c)
    start = np.nan
    if drawn is not None:
        start = max(np.abs(drawn[0] - W0).max(), np.abs(drawn[1] - a0).max())
    wrong_masks = 0
    W, a = W0.copy(), a0.copy()
    V, v = np.zeros_like(W), np.zeros_like(a)  # velocities
    kept_round = outcome.get("kept", {}).get("round", outcome["rounds"] - 1)
    kept = W, a
    compare_whole(-1, "initial", W, a)
    for k in range(outcome["rounds"]):
        M = masks_of(plan, seed, k, p, m)
        if first <= k < first + len(exported):
            wrong_masks += int(np.sum(M != exported[k - first]))
        moved_W, moved_a, sampled = np.zeros_like(W), np.zeros_like(a), []
        moved_V, moved_v, factor_k = np.zeros_like(V), np.zeros_like(v), step_factor(plan, k)
        for l in range(p):
            held = np.flatnonzero(M[l])
            w, b, vw, vb = W[held], a[held], V[held], v[held]  # copies
            local = events.get((k, "local", l))
            if local:
                sampled.append(error(w, b, subnet_scale))
            own = np.sort(dealt[l * size : (l + 1) * size]) if sharded else slice(None)
            errors = []
            for t in range(tau):
                batch = own
                if plan["batch"] != "full":
                    epoch, place = divmod(k * tau + t, size // B)
                    batch = permutation(seed, BATCHES, l, epoch, size)[place * B : (place + 1) * B]
                    batch = own[batch] if sharded else batch
                Z = X[batch] @ w.T
                residual = judge(loss, subnet_scale * phi(Z) @ b, Y[batch], weight[batch])[1]
                factor = n / B * subnet_scale  # gradient of n/B times the training loss
                gradient_w = factor * ((residual @ b.T) * slope(Z)).T @ X[batch]
                gradient_b = factor * phi(Z).T @ residual
                if train_hidden:
                    vw = mu * vw - gradient_w
                    w += factor_k * eta * vw
                if train_output:
                    vb = mu * vb - gradient_b
                    b += factor_k * eta_a * vb
                if local:
                    errors.append(error(w, b, subnet_scale))
            if local:
                compare_errors(k, "local", l, local["errors"], errors)
            moved_W[held] += w - W[held]
            moved_a[held] += b - a[held]
            moved_V[held] += vw - V[held]
            moved_v[held] += vb - v[held]
        if (k, "sampled", 0) in events:
            compare_errors(k, "sampled", "all", events[k, "sampled", 0]["errors"], sampled)
        coverage = M.sum(axis=0)
        divisor = p if plan["aggregation"] == "subnet-mean" else np.maximum(coverage, 1)[:, None]
        W, a = W + moved_W / divisor, a + moved_a / divisor
        V, v = V + moved_V / divisor, v + moved_v / divisor
        if zeroing:
            W[coverage == 0] = V[coverage == 0] = 0
        kept = (W.copy(), a.copy()) if k == kept_round else kept
        compare_whole(k, "aggregated", W, a)
        if (k, "aggregated", 0) in events:
            uncovered = events[k, "aggregated", 0]["uncovered"]
            seen.add(uncovered, np.sum(coverage == 0), 1, f"aggregated, round {k}, uncovered")
    end = max(relative(W_end, kept[0], W0), relative(a_end, kept[1], a0))

    print(f"masks            {len(exported)} x {p} x {m} regenerated, {wrong_masks} bits differ")
    print(f"initial weights  largest difference {start:.1e}" if drawn else
          f"initial weights  taken as exported (read from {plan['init']})")
    print(f"events           {seen.count} numbers or lists compared, largest relative deviation "
          f"{seen.largest:.1e} ({seen.where})")
    print(f"final weights    largest relative deviation {end:.1e}")
    good = (wrong_masks == 0 and not start > 1e-12 and seen.count > 0
            and seen.largest <= tolerance and end <= tolerance)
    print(f"{'OK' if good else 'FAIL'}: {plan['mask']} masks, p = {p}, tau = {tau}, "
          f"{outcome['rounds']} rounds, {plan['precision']}, tolerance {tolerance:.0e}")
    return good


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    run_folder = pathlib.Path(sys.argv[1])
    arrays_file = sys.argv[2] if len(sys.argv) == 3 else run_folder / "export.npz"
    sys.exit(0 if verify(run_folder, arrays_file) else 1)
