"""Replays traced script calls as a card would run them: every argument that would lie on it is a tensor of PyTorch's "meta"
device, which has shapes and types and no values. What mixes devices stops here as it would there; what reads a value makes
the processor wait for the card, which is counted and allowed only where WAITS says why.

    replay_scripts.py DIRECTORY      what MAE_TRACE_SCRIPTS=DIRECTORY left; prints a line for each method of a script
"""
import collections
import glob
import json
import os
import sys

import torch
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves

TYPES = {"FLOAT32": torch.float32, "FLOAT64": torch.float64, "INT64": torch.int64, "INT32": torch.int32,
         "UINT8": torch.uint8, "BOOLEAN": torch.bool, "BFLOAT16": torch.bfloat16}

# Values that a call may read from the card, by method.
WAITS = {
    "Probe.train_step": 2,  # LARS: the norms of the head's weight and of its update
    "Probe.excess": 1,  # once an epoch of the probe: whether it has converged
}


class Card(TorchDispatchMode):
    """Refuses an operation on tensors of two devices; a number without dimensions may lie anywhere, as PyTorch allows."""

    def __init__(self):
        super().__init__()
        self.operations = 0
        self.waits = 0

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        self.operations += 1
        tensors = [leaf for leaf in tree_leaves((args, kwargs)) if isinstance(leaf, torch.Tensor)]
        places = {tensor.device.type for tensor in tensors if tensor.dim() > 0 or tensor.device.type != "cpu"}
        if len(places) > 1:
            raise RuntimeError(f"{func} of tensors on the card and on the processor: "
                               + ", ".join(f"{list(t.shape)} {t.device.type}" for t in tensors))
        if func is torch.ops.aten._local_scalar_dense.default and args[0].device.type == "meta":
            self.waits += 1
            return 1.0 if args[0].is_floating_point() else 1
        return func(*args, **(kwargs or {}))


def arguments(call):
    """Tensors in order; names ending in [] are lists, names with a dot are entries of maps."""
    values = iter(call["values"])
    grouped = {}
    for argument in call["arguments"]:
        name, kind, shape = argument["name"], TYPES[argument["type"]], argument["shape"]
        if argument["host"]:
            tensor = torch.tensor(next(values), dtype=kind).reshape(shape)
        else:
            tensor = torch.empty(shape, dtype=kind, device="meta")
        if name.endswith("[]"):
            grouped.setdefault(name, []).append(tensor)
        elif "." in name:
            group, key = name.split(".", 1)
            grouped.setdefault(group, {})[key] = tensor
        else:
            grouped[name] = tensor
    return list(grouped.values())


def replayed(module, call):
    """Operations and waits that the call took; raises what stopped it."""
    card = Card()
    with card:
        getattr(module, call["method"])(*arguments(call))
    return card.operations, card.waits


def last_lines(error):
    return " | ".join(line.strip() for line in str(error).strip().splitlines() if line.strip())[-600:]


def main(directory):
    torch.set_num_threads(1)
    calls = [json.loads(line) for name in sorted(glob.glob(os.path.join(directory, "calls-*.jsonl"))) for line in open(name)]
    seen = collections.defaultdict(list)
    for call in calls:
        seen[call["script"], call["method"]].append(call)
    modules, wrong = {}, 0
    lines = collections.defaultdict(lambda: [0, 0, 0, set()])
    for (script, method), some in sorted(seen.items()):
        module = modules.setdefault(script, torch.jit.load(os.path.join(directory, script + ".pt")))
        name = module.original_name + "." + method
        for call in some:
            line = lines[name]
            line[0] += 1
            try:
                operations, waits = replayed(module, call)
                line[1] += operations
                line[2] = max(line[2], waits)
                if waits > WAITS.get(name, 0):
                    raise RuntimeError(f"it reads {waits} values of the card, {WAITS.get(name, 0)} are allowed")
            except Exception as error:  # whatever stops it is what is looked for
                wrong += 1
                line[3].add(last_lines(error))
    for name, (count, operations, waits, errors) in sorted(lines.items()):
        waiting = f", waits {waits} times a call" if waits else ""
        print(f"{'not ok' if errors else 'ok':7} {name}: {count} calls, {operations} operations{waiting}")
        for error in sorted(errors):
            print(f"        {error}")
    print(f"{len(modules)} scripts, {sum(line[0] for line in lines.values())} different calls, {wrong} of them not ok")
    return 1 if wrong or not calls else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
