"""Writes what a training with PyTorch leaves behind, and beside it the values that are to be read back.

Usage: write_pth.py DIRECTORY. Writes model-N.pth for each protocol N of pickle, and legacy.pth. For each tensor NAME of the model, DIRECTORY/NAME.bin holds its shape as text on
one line and its values as little-endian fp32.
"""

import argparse
import os
import sys

import numpy
import torch

directory = sys.argv[1]
torch.manual_seed(1)
module = torch.nn.Sequential(torch.nn.Linear(5, 7), torch.nn.LayerNorm(7), torch.nn.BatchNorm1d(7))
optimizer = torch.optim.AdamW(module.parameters(), lr=1e-3)
module(torch.randn(4, 5)).sum().backward()
optimizer.step()

base = torch.randn(6, 4)
model = module.state_dict()
model["view"] = base[1:3]
model["transposed"] = base.t()
model["diagonal"] = base.diagonal()
model["parameter"] = torch.nn.Parameter(torch.randn(3))
model["empty"] = torch.zeros(0, 3)
model["scalar"] = torch.tensor(2.5)
for kind in ("float64", "float16", "bfloat16", "int64", "int32", "int16", "int8", "uint8", "bool"):
    model[kind] = (torch.randn(3, 2) * 3).to(getattr(torch, kind))

saved = {
    "model": model,
    "optimizer": optimizer.state_dict(),
    "epoch": 799,
    "scaler": {"scale": numpy.float64(65536.0)},
    "args": argparse.Namespace(lr=1.5e-4, mask_ratio=0.75, output_dir="./out"),
}
for protocol in (2, 3, 4, 5):
    torch.save(saved, os.path.join(directory, f"model-{protocol}.pth"), pickle_protocol=protocol)
torch.save(saved, os.path.join(directory, "legacy.pth"), _use_new_zipfile_serialization=False)
for name, tensor in model.items():
    values = tensor.detach().to(torch.float32).contiguous().numpy().astype("<f4")
    with open(os.path.join(directory, name + ".bin"), "wb") as out:
        out.write((" ".join(str(size) for size in tensor.shape) + "\n").encode())
        out.write(values.tobytes())
