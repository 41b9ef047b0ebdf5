package io.maeharness.baselines.mocov3;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.data.Batch;
import io.maeharness.core.train.DeviceBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Memory of the device for every part of a batch: unlike a method that adds gradients up, this one needs all at once.
 *
 * <p>On the CPU the engine reads the memory that is filled, so every part has its own; a GPU gets copies, so that all
 * parts can be filled through the same memory.
 */
final class ViewBuffers {
    private final NDManager manager;
    private final Shape image;
    private final List<DeviceBuffer> buffers = new ArrayList<>();

    /**
     * Reserves nothing yet.
     *
     * @param image [C, S, S]
     */
    ViewBuffers(NDManager manager, Shape image) {
        this.manager = manager;
        this.image = image;
    }

    /**
     * Copies both views of a part to the device.
     *
     * @param part number of the part within the batch, from 0
     * @param views the two views of its pictures
     */
    MomentumContrast.Views put(NDManager scope, int part, List<Batch> views) {
        int at = manager.getDevice().isGpu() ? 0 : 2 * part;
        while (buffers.size() < at + 2) {
            buffers.add(new DeviceBuffer(manager));
        }
        Shape shape = new Shape(views.get(0).count()).addAll(image);
        return new MomentumContrast.Views(
                buffers.get(at).put(scope, views.get(0), shape),
                buffers.get(at + 1).put(scope, views.get(1), shape));
    }
}
