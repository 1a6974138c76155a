"""The complete task in PyTorch, for bench/run: reads a table, trains, writes the weights, prints the error.

usage: pytorch_run.py gathered|masked THREADS WIDTH KEEP SUBNETS LOCAL_STEPS ROUNDS STEP_SIZE DATA OUT

The same rounds as Java's rivals take, gradient by hand; masks and initial weights come from PyTorch's own
generator, so that the error at the end is of the same kind but not the same number.
"""

import sys

import torch


def step(w, a, x, xt, y, scale, eta):
    """One local step; w is rows x d and changes in place, a is 1 x rows."""
    hidden = torch.mm(w, xt).relu_()
    error = torch.mm(a, hidden).mul_(scale).sub_(y).mul_(eta * scale)
    # The sign of a ReLU's output is the gate, in place.
    backward = torch.mm(a.t(), error).mul_(hidden.sign_())
    w.addmm_(backward, x, alpha=-1.0)


def main(arguments):
    how, data, out = arguments[0], arguments[8], arguments[9]
    threads, width, subnets, local_steps, rounds = (int(arguments[i]) for i in (1, 2, 4, 5, 6))
    keep, eta = float(arguments[3]), float(arguments[7])
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    with open(data) as file:
        next(file)
        table = torch.tensor([[float(cell) for cell in line.split(",")] for line in file])
    x, y = table[:, :-1].contiguous(), table[:, -1:].t().contiguous()
    xt = x.t().contiguous()
    scale = width**-0.5
    whole = torch.randn(width, x.shape[1])
    a = torch.randint(0, 2, (1, width)).float() * 2 - 1
    with torch.no_grad():
        for _ in range(rounds):
            masks = torch.rand(subnets, width) < keep
            shares = 1.0 / masks.sum(0).clamp(min=1).float()
            moved = torch.zeros_like(whole)
            for mask in masks:
                if how == "gathered":
                    index = mask.nonzero().squeeze(1)
                    start = whole[index]
                    w, held = start.clone(), a[:, index].contiguous()
                else:
                    start, w, held = whole, whole.clone(), a * mask
                for _ in range(local_steps):
                    step(w, held, x, xt, y, scale, eta)
                w.sub_(start)
                if how == "gathered":
                    moved.index_add_(0, index, w)
                else:
                    moved.add_(w)
            whole.add_(moved.mul_(shares.unsqueeze(1)))
        with open(out, "wb") as file:
            file.write(whole.numpy().tobytes())
        error = torch.mm(a, torch.mm(whole, xt).relu()).mul_(keep * scale) - y
        print((error * error).sum().item())


main(sys.argv[1:])
