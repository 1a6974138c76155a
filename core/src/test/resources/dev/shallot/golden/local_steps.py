"""Algorithm 1 with softmax cross-entropy, momentum, a step size schedule and sample weights, written
by itself in NumPy: the golden numbers of LocalStepsAreNumPysTest come from here. Print them with
`python3 local_steps.py`."""
import numpy as np

n, d, m, c, rounds, tau, eta, eta_out, mu = 6, 3, 5, 3, 4, 2, 0.3, 0.2, 0.9
x = np.cos(1.0 + np.arange(n)[:, None] * 1.7 + np.arange(d)[None, :] * 0.9)
w = np.sin(1.0 + np.arange(m)[:, None] * 2.3 + np.arange(d)[None, :] * 1.1)
a = np.cos(0.5 + np.arange(m)[:, None] * 1.3 + np.arange(c)[None, :] * 2.1)
labels = np.array([0, 2, 1, 1, 0, 2])
weight = np.array([1.0, 0.5, 2.0, 0.0, 1.5, 1.0])
scale = 1 / np.sqrt(m)
# Two subnets; neuron 4 is held by none in round 0, by one later, neuron 2 by both.
held = [[[0, 2, 3], [1, 2]], [[0, 2], [1, 2, 4]], [[1, 2, 3], [2, 4]], [[0, 1, 2], [2, 3, 4]]]


def factor(k):
    """One round of warm-up, then half a cosine to 0.1."""
    if k < 1:
        return (k + 1) / 2
    q = (k - 1) / (rounds - 1)
    return 0.1 + 0.9 * (1 + np.cos(np.pi * q)) / 2


def run(loss):
    y = np.eye(c)[labels]
    big = dict(w=w.copy(), a=a.copy(), vw=np.zeros_like(w), va=np.zeros_like(a))
    steps, wholes = [], []

    def answers(part, rows):
        return scale * np.maximum(x @ part["w"][rows].T, 0) @ part["a"][rows]

    def judge(f):
        if loss == "squared":
            return (weight[:, None] * (f - y) ** 2).sum(), weight[:, None] * (f - y)
        z = f - f.max(axis=1, keepdims=True)
        logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        return -(weight * logp[np.arange(n), labels]).sum(), weight[:, None] * (np.exp(logp) - y)

    for k in range(rounds):
        subnets = []
        for rows in held[k]:
            part = {key: value.copy() for key, value in big.items()}
            for _ in range(tau):
                z = x @ part["w"][rows].T
                error, e = judge(answers(part, rows))
                steps.append(error)
                ga = scale * np.maximum(z, 0).T @ e
                gw = scale * ((e @ part["a"][rows].T) * (z >= 0)).T @ x
                part["vw"][rows] = mu * part["vw"][rows] - gw
                part["va"][rows] = mu * part["va"][rows] - ga
                part["w"][rows] += factor(k) * eta * part["vw"][rows]
                part["a"][rows] += factor(k) * eta_out * part["va"][rows]
            subnets.append(part)
        for r in range(m):
            owners = [part for part, rows in zip(subnets, held[k]) if r in rows]
            for key in big:
                if owners:
                    big[key][r] = sum(part[key][r] for part in owners) / len(owners)
        # The whole network answers xi f; the masks here are given, xi is the plan's 1/2.
        wholes.append(judge(0.5 * answers(big, list(range(m))))[0])
    return steps, wholes, big


if __name__ == "__main__":
    for loss in ("cross-entropy", "squared"):
        steps, wholes, big = run(loss)
        print(loss)
        for name, numbers in [("steps", steps), ("whole", wholes), ("w", big["w"].ravel()), ("a", big["a"].ravel())]:
            print(name, ", ".join(repr(float(v)) for v in numbers))
