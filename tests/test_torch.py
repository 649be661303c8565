"""The network and its training against PyTorch, in float64, with the masks held: make test-frameworks."""

import numpy as np
import pytest

from dropout_lib import draw_network, train

pytestmark = pytest.mark.frameworks

SIZES = {1: (6, 3), 2: (6, 8, 3), 3: (6, 9, 8, 3)}
KEEP_PROB = (0.8, 0.5, 0.3)


@pytest.fixture(scope="module")
def torch():
    """Import PyTorch here, so that the rest of the tests never needs it; where it is asked for, it must be there."""
    import torch  # noqa: PLC0415

    torch.set_num_threads(1)
    return torch


def problem(*, depth=3, loss="softmax", examples=40):
    rng = np.random.default_rng([depth, examples])
    network = draw_network(SIZES[depth], rng=rng, loss=loss)
    inputs = rng.standard_normal((examples, 6))
    targets = rng.integers(0, 3, examples) if loss == "softmax" else rng.standard_normal((examples, 3))
    return network, inputs, targets


def parameters(torch, network):
    """Give the weights and the biases as tensors that ask for gradients."""
    parts = network.weights, network.biases
    return [[torch.tensor(array, requires_grad=True) for array in arrays] for arrays in parts]


def loss_of(torch, tensors, inputs, targets, *, masks, loss):
    """Compute the mean loss as PyTorch code would, dropout by the masks given."""
    values = torch.tensor(inputs)
    for layer, (weight, bias) in enumerate(zip(*tensors, strict=True)):
        values = torch.relu(values) if layer else values
        values = values * torch.tensor(masks[layer] / KEEP_PROB[layer]) @ weight + bias
    if loss == "softmax":
        return torch.nn.functional.cross_entropy(values, torch.tensor(targets))
    return ((values - torch.tensor(targets)) ** 2).sum(dim=1).mean() / 2


def draw(rng, network, examples):
    return [rng.random((examples, len(w))) < q for w, q in zip(network.weights, KEEP_PROB, strict=False)]


@pytest.mark.parametrize("loss", ["softmax", "squared"])
@pytest.mark.parametrize("depth", SIZES)
def test_gradients_are_those_of_autograd(torch, depth, loss):
    network, inputs, targets = problem(depth=depth, loss=loss)
    masks = draw(np.random.default_rng(1), network, len(inputs))
    weights, biases = parameters(torch, network)
    loss_of(torch, (weights, biases), inputs, targets, masks=masks, loss=loss).backward()
    keep_prob = KEEP_PROB[: len(network.weights)]
    by_weight, by_bias, _ = network.gradients(inputs, targets, masks=masks, keep_prob=keep_prob)
    for found, tensor in zip([*by_weight, *by_bias], [*weights, *biases], strict=True):
        np.testing.assert_allclose(found, tensor.grad.numpy(), rtol=1e-10, atol=1e-14)


@pytest.mark.parametrize("weight_decay", [0.0, 0.01])
@pytest.mark.parametrize("falling", [True, False])
@pytest.mark.parametrize("settings", [{"momentum": 0.0}, {"momentum": 0.9}, {"optimiser": "adam"}], ids=str)
@pytest.mark.parametrize("loss", ["softmax", "squared"])
def test_training_is_that_of_torch_optim(torch, loss, settings, falling, weight_decay):
    network, inputs, targets = problem(loss=loss)
    common = {"epochs": 15, "batch": 15, "learning_rate": 0.01, "falling": falling, "weight_decay": weight_decay}
    rng = np.random.default_rng(7)
    history = train(network, inputs, targets, keep_prob=KEEP_PROB, rng=rng, **common, **settings)

    weights, biases = parameters(torch, network)
    groups = [{"params": weights, "weight_decay": weight_decay}, {"params": biases}]
    adam = settings.get("optimiser") == "adam"
    optimiser = torch.optim.Adam(groups, lr=0.01) if adam else torch.optim.SGD(groups, lr=0.01, **settings)
    share = (lambda step: 1 - step / history.steps) if falling else (lambda _: 1.0)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, share)
    again = np.random.default_rng(7)
    for _ in range(15):
        order = again.permutation(len(inputs))
        for start in range(0, len(inputs), 15):
            chosen = order[start : start + 15]
            masks = draw(again, network, len(chosen))
            optimiser.zero_grad()
            loss_of(torch, (weights, biases), inputs[chosen], targets[chosen], masks=masks, loss=loss).backward()
            optimiser.step()
            schedule.step()
    for found, tensor in zip((*history.network.weights, *history.network.biases), [*weights, *biases], strict=True):
        np.testing.assert_allclose(found, tensor.detach().numpy(), rtol=0, atol=1e-10)
    assert np.abs(history.network.weights[0] - network.weights[0]).max() > 0.01
