"""Runs one training step of an archive with PyTorch: prints the loss and the sum of the gradients' absolute values."""
import json
import sys

import torch

directory = sys.argv[1]
torch.set_num_threads(1)


def tensor(array):
    kind = torch.int64 if array["integers"] else torch.float32
    return torch.tensor(array["values"], dtype=kind).reshape(array["shape"])


with open(directory + "/arguments.json") as file:
    arguments = {name: {key: tensor(array) for key, array in arrays.items()} for name, arrays in json.load(file).items()}
gradients = [torch.zeros_like(parameter) for name, parameter in sorted(arguments["p"].items())]
module = torch.jit.load(directory + "/script.pt")
loss = module.step(arguments["kind"]["kind"], arguments["fixed"], arguments["batch"], arguments["p"], gradients)
print(float(loss), float(sum(gradient.double().abs().sum() for gradient in gradients)))
