package io.maeharness.interop.exchange;

import io.maeharness.interop.exchange.PickleValue.Dictionary;
import io.maeharness.interop.exchange.PickleValue.Opaque;
import io.maeharness.interop.exchange.PickleValue.Scalar;
import io.maeharness.interop.exchange.PickleValue.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The model in what {@code torch.save} was given: the dictionary of tensors itself, or the one under {@code model}, as in
 * the official checkpoints, beside the optimiser and the training arguments. Of DINO's student and teacher it is the
 * teacher, which is what its authors evaluate.
 *
 * @param tensors by name, in the order of the file
 * @param others what stands under a name but is no tensor, in a word or two
 * @param arguments plain values of the training, by their name: truth values, whole numbers, fractions and text
 * @param remarks what a user should know of the choice, a clause each
 */
record TorchModel(
        Map<String, StoredTensor> tensors,
        Map<String, String> others,
        Map<String, Object> arguments,
        List<String> remarks) {
    private static final List<String> KEYS = List.of(
            "model", "state_dict", "model_state_dict", "module", "teacher", "model_ema", "state_dict_ema", "student");

    /** Where trainings keep what they were asked for. */
    private static final List<String> ARGUMENTS = List.of("args", "hyper_parameters", "config");

    private static final int MOST_ARGUMENTS = 1000;

    static TorchModel read(TorchArchive archive) throws IOException {
        PickleValue saved = archive.value();
        if (!(saved instanceof Dictionary root)) {
            throw new IOException("it holds " + saved.what() + ", not a dictionary of tensors"
                    + (saved instanceof Opaque ? "; save the model's state_dict() instead of the model" : ""));
        }
        List<String> holders = KEYS.stream()
                .filter(key -> root.items().get(key) instanceof Dictionary held && hasTensors(held))
                .toList();
        Dictionary chosen = holders.isEmpty() ? root : (Dictionary) root.items().get(holders.get(0));
        if (!hasTensors(chosen)) {
            throw new IOException(
                    "it holds no tensors, neither directly nor under 'model'; its keys are " + Names.some(keys(root)));
        }
        List<String> remarks = new ArrayList<>();
        if (chosen != root && holders.size() > 1) {
            remarks.add("of " + Names.some(holders) + " in it, '" + holders.get(0) + "' is taken");
        }
        return of(chosen, arguments(root), remarks, archive);
    }

    private static boolean hasTensors(Dictionary dictionary) {
        return dictionary.items().values().stream().anyMatch(Tensor.class::isInstance);
    }

    private static List<String> keys(Dictionary dictionary) {
        return dictionary.items().keySet().stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .toList();
    }

    /** Plain values of the root and of the arguments in it, which go first. */
    private static Map<String, Object> arguments(Dictionary root) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        ARGUMENTS.stream()
                .map(key -> attributes(root.items().get(key)))
                .flatMap(Optional::stream)
                .forEach(found -> addPlain(found, arguments));
        addPlain(root, arguments);
        return arguments;
    }

    private static Optional<Dictionary> attributes(PickleValue value) {
        return value instanceof Opaque opaque
                ? Optional.of(opaque.state())
                : Optional.ofNullable(value instanceof Dictionary dictionary ? dictionary : null);
    }

    private static void addPlain(Dictionary from, Map<String, Object> to) {
        from.items().forEach((key, value) -> {
            boolean plain = value instanceof Scalar scalar
                    && (scalar.value() instanceof Boolean
                            || scalar.value() instanceof Number
                            || scalar.value() instanceof String);
            if (plain && key instanceof String name && to.size() < MOST_ARGUMENTS) {
                to.putIfAbsent(name, ((Scalar) value).value());
            }
        });
    }

    private static TorchModel of(
            Dictionary stateDict, Map<String, Object> arguments, List<String> remarks, TorchArchive archive) {
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        Map<String, String> others = new LinkedHashMap<>();
        stateDict.items().forEach((key, value) -> {
            if (key instanceof String name) {
                if (value instanceof Tensor tensor) {
                    tensors.put(
                            name,
                            new StoredTensor(
                                    name,
                                    tensor.storage().type(),
                                    tensor.view().sizes(),
                                    () -> archive.values(tensor)));
                } else {
                    others.put(name, value.what());
                }
            }
        });
        return new TorchModel(tensors, others, arguments, remarks);
    }
}
