package io.maeharness.interop.exchange;

import io.maeharness.core.checkpoint.ElementType;
import io.maeharness.core.error.Quoted;
import io.maeharness.interop.exchange.PickleValue.Dictionary;
import io.maeharness.interop.exchange.PickleValue.Global;
import io.maeharness.interop.exchange.PickleValue.Opaque;
import io.maeharness.interop.exchange.PickleValue.Scalar;
import io.maeharness.interop.exchange.PickleValue.Sequence;
import io.maeharness.interop.exchange.PickleValue.Storage;
import io.maeharness.interop.exchange.PickleValue.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is made of the names in a pickle of {@code torch.save}: storages, tensors, parameters and ordered dictionaries;
 * everything else is opaque. Source: PyTorch, {@code torch/_utils.py} and {@code torch/serialization.py}.
 */
final class TorchObjects {
    private static final Map<String, ElementType> TYPES = Map.of(
            "DoubleStorage", ElementType.F64,
            "FloatStorage", ElementType.F32,
            "HalfStorage", ElementType.F16,
            "BFloat16Storage", ElementType.BF16,
            "LongStorage", ElementType.I64,
            "IntStorage", ElementType.I32,
            "ShortStorage", ElementType.I16,
            "CharStorage", ElementType.I8,
            "ByteStorage", ElementType.U8,
            "BoolStorage", ElementType.BOOL);

    /** Nothing that trained a model has a reason to name these; who loads such a file with Python runs its code. */
    private static final Set<String> HOSTILE_MODULES = Set.of(
            "os", "posix", "nt", "subprocess", "sys", "pty", "socket", "shutil", "runpy", "importlib", "ctypes", "pip");

    private static final Set<String> BUILTINS = Set.of("builtins", "__builtin__");
    private static final Set<String> HOSTILE_BUILTINS =
            Set.of("eval", "exec", "execfile", "compile", "open", "__import__", "input", "breakpoint");

    private final TorchArchive archive;

    TorchObjects(TorchArchive archive) {
        this.archive = archive;
    }

    /**
     * A name of a class or function.
     *
     * @throws IOException when only a hostile file would have it
     */
    static Global named(String module, String name) throws IOException {
        String first = module.contains(".") ? module.substring(0, module.indexOf('.')) : module;
        boolean builtin = BUILTINS.contains(first) && HOSTILE_BUILTINS.contains(name);
        if (HOSTILE_MODULES.contains(first) || builtin) {
            throw new IOException("it refers to " + Quoted.of(module + "." + name)
                    + ", which no model needs: it is made to run commands when Python loads it");
        }
        return new Global(module, name);
    }

    /** What a call would return: a container or tensor where the function is known, else an opaque value. */
    PickleValue made(PickleValue function, PickleValue arguments) throws IOException {
        if (!(function instanceof Global known)) {
            return new Opaque("what " + function.what() + " returns");
        }
        List<PickleValue> values = arguments instanceof Sequence sequence ? sequence.items() : List.of();
        if (known.is("collections.OrderedDict")) {
            return ordered(values);
        }
        if (known.is("torch._utils._rebuild_tensor_v2") || known.is("torch._utils._rebuild_tensor")) {
            return tensor(values);
        }
        if (known.is("torch._utils._rebuild_parameter") || known.is("torch._utils._rebuild_parameter_with_state")) {
            return argument(values, 0);
        }
        return new Opaque("an object of " + known.what());
    }

    /** An ordered dictionary, empty or of a list of pairs. */
    private static Dictionary ordered(List<PickleValue> arguments) throws IOException {
        Dictionary dictionary = new Dictionary();
        if (!arguments.isEmpty() && arguments.get(0) instanceof Sequence pairs) {
            for (PickleValue pair : pairs.items()) {
                if (!(pair instanceof Sequence two) || two.items().size() != 2) {
                    throw new IOException("its pickle makes a dictionary of something that is no pair");
                }
                dictionary.put(two.items().get(0), two.items().get(1));
            }
        }
        return dictionary;
    }

    /** A tensor of (storage, offset, sizes, strides, ...). */
    private static PickleValue tensor(List<PickleValue> arguments) throws IOException {
        PickleValue from = argument(arguments, 0);
        if (from instanceof Opaque) {
            return new Opaque("a tensor of " + from.what());
        }
        if (!(from instanceof Storage storage)) {
            throw new IOException("its pickle makes a tensor of " + from.what());
        }
        return new Tensor(
                storage,
                StridedView.of(
                        integer(argument(arguments, 1)),
                        integers(argument(arguments, 2)),
                        integers(argument(arguments, 3)),
                        storage.count()));
    }

    /**
     * A storage of ('storage', type, key, device, number of values).
     *
     * @throws IOException when the archive has no such storage, or a shorter one
     */
    PickleValue storage(PickleValue id) throws IOException {
        List<PickleValue> parts = id instanceof Sequence sequence ? sequence.items() : List.of();
        if (parts.size() < 5 || !parts.get(0).equals(new Scalar("storage"))) {
            throw new IOException("its pickle refers to something outside that is no storage");
        }
        if (!(parts.get(2) instanceof Scalar key) || !(key.value() instanceof String name)) {
            throw new IOException(
                    "its pickle refers to a storage by " + parts.get(2).what());
        }
        ElementType type =
                parts.get(1) instanceof Global global && global.module().startsWith("torch")
                        ? TYPES.get(global.name())
                        : null;
        if (type == null) {
            return new Opaque(parts.get(1).what());
        }
        long count = integer(parts.get(4));
        if (count < 0 || count > archive.storageBytes(name) / type.bytes()) {
            throw new IOException("its storage " + Quoted.of(name) + " has " + archive.storageBytes(name)
                    + " bytes, its pickle says " + count + " values of " + type);
        }
        return new Storage(type, name, count);
    }

    private static PickleValue argument(List<PickleValue> arguments, int index) throws IOException {
        if (index >= arguments.size()) {
            throw new IOException("its pickle makes a tensor of " + arguments.size() + " arguments");
        }
        return arguments.get(index);
    }

    private static long integer(PickleValue value) throws IOException {
        if (value instanceof Scalar scalar && scalar.value() instanceof Long number) {
            return number;
        }
        throw new IOException("its pickle has " + value.what() + " where a size belongs");
    }

    private static List<Long> integers(PickleValue value) throws IOException {
        if (!(value instanceof Sequence sequence)) {
            throw new IOException("its pickle has " + value.what() + " where a shape belongs");
        }
        List<Long> numbers = new ArrayList<>();
        for (PickleValue item : sequence.items()) {
            numbers.add(integer(item));
        }
        return numbers;
    }
}
