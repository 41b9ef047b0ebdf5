package io.maeharness.core.supervised;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.maeharness.core.augment.Mixing;
import io.maeharness.core.engine.HostNumbers;
import io.maeharness.core.engine.Script;
import io.maeharness.core.engine.ScriptArguments;
import java.util.Map;

/** Mixup and cutmix of images that are on a device already: bit by bit what {@link Mixing#mix} makes of them. */
final class DeviceMixing implements AutoCloseable {
    private final Script script;

    DeviceMixing(NDManager manager) {
        script = Script.load(manager, "mix.py", "Mix", Map.of("training", true));
    }

    /**
     * Mixes a batch in place.
     *
     * @param scope owns what is needed for this call only
     * @param images [B, C, S, S]
     * @return the same images
     */
    NDArray apply(NDManager scope, NDArray images, Mixing.Mix mix) {
        mix.cut().ifPresent(cut -> call("exchange", images, HostNumbers.of(scope, rectangle(cut))));
        if (mix.blends()) {
            float share = (float) mix.share();
            call("blend", images, HostNumbers.of(scope, new double[] {share, 1 - share}));
        }
        return images;
    }

    private static long[] rectangle(Mixing.Cut cut) {
        return new long[] {cut.top(), cut.left(), cut.bottom(), cut.right()};
    }

    private void call(String method, NDArray images, NDArray how) {
        script.call(method, new ScriptArguments().add(images).add(how)).close();
    }

    @Override
    public void close() {
        script.close();
    }
}
