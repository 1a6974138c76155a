"""Where the goldens of dev.shallot.golden come from: Algorithm 1 on a network of three neurons, in
NumPy and by enumeration of masks. Prints every golden; needs nothing of Shallot.

Names: L-1 the mean of a subnet's output over masks; L-2 its spread (Liao and Kyrillidis, Lemma 25,
as an identity); L-3 the chance of coverage (Lemma 18); L-5 the mean of the first aggregated step
(Lemma 2); L-6 the objective of dropout; L-15, L-16 disjoint subnets average to the whole network
(Lemmas 13 and 14).
"""
import itertools

import numpy as np

X = np.array([[1, 0], [0.6, 0.8]])
y = np.array([0.5, -0.25])
W = np.array([[0.5, -0.25], [-0.3, 0.4], [0.2, 0.7]])
a = np.array([1.0, -1.0, 1.0])
m, ones = 3, np.ones(3)


def output(w, mask=ones):
    return np.maximum(X @ w.T, 0) @ (a * mask) / np.sqrt(m)


def gradient(w, mask=ones, xi=1.0):
    """Of 1/2 ||y - xi f_mask||^2."""
    backward = (xi * output(w, mask) - y)[:, None] * (X @ w.T >= 0) * (a * mask)
    return xi * backward.T @ X / np.sqrt(m)


def error(w, mask=ones, xi=1.0):
    return np.sum((y - xi * output(w, mask)) ** 2)


def round_of(masks, tau, eta=0.5, by_coverage=True):
    """New weights, the errors of each subnet after 0 .. tau steps, each subnet's weights."""
    errors, trained = [], []
    for mask in masks:
        w = W.copy()
        trace = [error(w, mask)]
        for _ in range(tau):
            w = w - eta * gradient(w, mask)
            trace.append(error(w, mask))
        errors.append(trace)
        trained.append(w)
    coverage = np.maximum(np.sum(masks, axis=0), 1)
    divisor = coverage if by_coverage else len(masks) * ones
    return W + sum(w - W for w in trained) / divisor[:, None], errors, trained


def show(name, value):
    print(f"{name}: {np.asarray(value).tolist()}")


# The network, xi = 0.4
show("f", output(W))
show("u", 0.4 * output(W))
show("||y - u||^2", error(W, xi=0.4))
show("gradient of 1/2 ||y - u||^2", gradient(W, xi=0.4))
A = (X @ W.T >= 0).astype(float)
show("-xi H (u - y)", -0.4 * (0.4 / m * (X @ X.T) * (A @ A.T)) @ (0.4 * output(W) - y))
one_and_three = np.array([1.0, 0.0, 1.0])
show("surrogate loss", error(W, one_and_three) / 2)
show("surrogate gradient", gradient(W, one_and_three))

# Algorithm 1, eta = 0.5
new, errors, _ = round_of([ones], 2)
show("full, tau = 2, W", new)
show("full, tau = 2, errors", errors)
bernoulli = np.array([[1.0, 1, 0], [1, 0, 0]])
new, errors, _ = round_of(bernoulli, 2)
show("Bernoulli, tau = 2, W", new)
show("Bernoulli, tau = 2, errors", errors)
show("Bernoulli, tau = 2, u", 0.4 * output(new))
show("Bernoulli, tau = 1, W", round_of(bernoulli, 1)[0])
show("Bernoulli, tau = 1, W, mean over subnets", round_of(bernoulli, 1, by_coverage=False)[0])
categorical = np.array([[1.0, 0, 1], [0, 1, 0]])
new, errors, trained = round_of(categorical, 2)
show("categorical, tau = 2, W", new)
show("categorical, u before and after", [output(W) / 2, output(new) / 2])
before = [output(W, mask) for mask in categorical]
after = [output(w, mask) for w, mask in zip(trained, categorical)]
show("categorical, subnets before", before)
show("categorical, subnets after", after)
show("L-16, whole error after", error(new, xi=0.5))
show("L-16, mean local error", np.mean([trace[-1] for trace in errors]))
show("L-16, sum of distances from u", sum(np.sum((output(W) / 2 - v) ** 2) for v in before))
show("L-16, half the distance of the two", np.sum((before[0] - before[1]) ** 2) / 2)
show("jump at sampling", np.mean([trace[0] for trace in errors]) - error(W, xi=0.5))


# Means over all masks
def bernoulli_masks(p, xi=0.4):
    for bits in itertools.product([0.0, 1.0], repeat=p * m):
        yield np.reshape(bits, (p, m)), xi ** sum(bits) * (1 - xi) ** (p * m - sum(bits))


def owner_masks(p, equal):
    owners = list(itertools.product(range(p), repeat=m))
    if equal:
        owners = [o for o in owners if all(o.count(l) == m // p for l in range(p))]
    for owner in owners:
        yield (np.arange(p)[:, None] == np.array(owner)).astype(float), 1 / len(owners)


def spread(masks, xi):
    return sum(q * np.sum((xi * output(W) - output(W, M[0])) ** 2) for M, q in masks)


show("L-2, Bernoulli", spread(bernoulli_masks(1), 0.4))
show("L-2, categorical, p = 2", spread(owner_masks(2, False), 1 / 2))
show("L-2, categorical, p = 3", spread(owner_masks(3, False), 1 / 3))
show("L-2, equal partition, p = 3", spread(owner_masks(3, True), 1 / 3))
show("L-6, J", sum(q * error(W, M[0]) / 2 for M, q in bernoulli_masks(1)))
for p in (1, 2, 3):
    theta, mean, squares = 0.0, 0.0, 0.0
    for M, q in bernoulli_masks(p):
        coverage = M.sum(axis=0)
        g = sum(gradient(W, mask) for mask in M) / np.maximum(coverage, 1)[:, None]
        theta += q * np.mean(coverage > 0)
        mean, squares = mean + q * g, squares + q * np.sum(g**2, axis=1)
    show(f"L-3, p = {p}", theta)
    show(f"L-5, p = {p}, E[g]", mean)
    show(f"L-5, p = {p}, E||g||^2", squares)
