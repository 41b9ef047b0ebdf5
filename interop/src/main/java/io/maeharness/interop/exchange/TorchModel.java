package io.maeharness.interop.exchange;

import io.maeharness.interop.exchange.PickleValue.Dictionary;
import io.maeharness.interop.exchange.PickleValue.Tensor;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The model in what {@code torch.save} was given: the dictionary of tensors itself, or the one under {@code model}, as in
 * the official checkpoints, beside the optimiser and the training arguments.
 *
 * @param tensors by name, in the order of the file
 * @param others what stands under a name but is no tensor, in a word or two
 */
record TorchModel(Map<String, StoredTensor> tensors, Map<String, String> others) {
    private static final List<String> KEYS = List.of("model", "state_dict", "model_state_dict", "module");

    static TorchModel read(TorchArchive archive) throws IOException {
        PickleValue saved = archive.value();
        if (!(saved instanceof Dictionary root)) {
            throw new IOException("it holds " + saved.what() + ", not a dictionary of tensors");
        }
        TorchModel model = of(stateDict(root), archive);
        if (model.tensors.isEmpty()) {
            throw new IOException("it holds no tensors, neither directly nor under 'model'");
        }
        return model;
    }

    private static Dictionary stateDict(Dictionary root) {
        return KEYS.stream()
                .map(root.items()::get)
                .filter(Dictionary.class::isInstance)
                .map(Dictionary.class::cast)
                .findFirst()
                .orElse(root);
    }

    private static TorchModel of(Dictionary stateDict, TorchArchive archive) {
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
        return new TorchModel(tensors, others);
    }
}
