"""Ten seeds at once against ten runs of PyTorch, eager and on one thread. It needs PyTorch, and runs apart."""

import torch

from benchmarks.race import against, race
from benchmarks.setting import BATCH, EPOCHS, KEEP_PROB, SIZES, run, tasks


def network():
    layers = []
    for keep_prob, inputs, outputs in zip(KEEP_PROB, SIZES, SIZES[1:], strict=False):
        layers += [torch.nn.Dropout(1 - keep_prob), torch.nn.Linear(inputs, outputs), torch.nn.ReLU()]
    return torch.nn.Sequential(*layers[:-1]).to(torch.float64)


def ten_runs():
    """Train the same networks on the same data with the same settings, one after the other."""
    data = tasks()
    for seed in range(10):
        torch.manual_seed(seed)
        inputs, labels, net = torch.tensor(data.inputs[seed]), torch.tensor(data.labels[seed]), network()
        optimiser = torch.optim.SGD(net.parameters(), lr=0.02, momentum=0.9)
        steps = EPOCHS * len(labels) // BATCH
        schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step, steps=steps: 1 - step / steps)
        for _ in range(EPOCHS):
            for chosen in torch.randperm(len(labels)).split(BATCH):
                optimiser.zero_grad()
                torch.nn.functional.cross_entropy(net(inputs[chosen]), labels[chosen]).backward()
                optimiser.step()
                schedule.step()


if __name__ == "__main__":
    torch.set_num_threads(1)
    times = race({"at once": run, "PyTorch": ten_runs}, rounds=3)
    ratio = times["at once"] / times["PyTorch"]
    print(f"ten seeds at once {times['at once']:.1f} s, ten runs of PyTorch {times['PyTorch']:.1f} s:", end=" ")
    print(against(ratio, 0.33))
