package io.maeharness.core.model;

import io.maeharness.core.config.Schedule;
import io.maeharness.core.stage.ImageFacts;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.Workload;
import java.util.List;
import java.util.stream.Stream;

/**
 * What transformers ask of a GPU, from the blocks that are trained and those that are only run.
 *
 * @param precision of the products
 * @param trained blocks whose gradients are computed
 * @param run blocks that are only run forward
 * @param weights that are trained
 */
public record TransformerWork(Precision precision, List<BlockStack> trained, List<BlockStack> run, double weights) {
    /** Kernels of a micro-batch beside the blocks: patches, positions, masks, head and loss. */
    private static final double TRAINED_REST = 110;

    /** The same, forward. */
    private static final double FORWARD_REST = 30;

    /** Copies of a block's parameters that the products read: once a step, and once a pass that trains nothing. */
    private static final double COPIES = 12;

    /** Bytes a weight that adding the gradients of a micro-batch moves. */
    private static final double ACCUMULATED = 10;

    /** Bytes a weight that an update moves: AdamW (28), and the gradient set to zero. */
    private static final double UPDATED = 32;

    /** Bytes a weight that the copy for the products moves. */
    private static final double COPIED = 6;

    /** Copies the lists. */
    public TransformerWork {
        trained = List.copyOf(trained);
        run = List.copyOf(run);
    }

    /** Training of some blocks beside others that are only run. */
    public static TransformerWork training(Precision precision, List<BlockStack> trained, List<BlockStack> run) {
        double weights = trained.stream().mapToDouble(BlockStack::weights).sum();
        return new TransformerWork(precision, trained, run, weights);
    }

    /** Blocks that are only run. */
    public static TransformerWork forward(Precision precision, BlockStack... run) {
        return new TransformerWork(precision, List.of(), List.of(run), 0);
    }

    /**
     * A training.
     *
     * @param microBatch images that are computed on at once
     * @param macs multiply-accumulates of an image, forward and backward
     * @param host what the processor has to do for all images
     */
    public Workload training(Schedule schedule, ImageFacts images, int microBatch, double macs, Workload.Host host) {
        double steps = schedule.totalSteps(images.trainImages());
        int ofAStep = schedule.imagesPerStep(images.trainImages());
        double microBatches = steps * Math.ceil((double) ofAStep / microBatch);
        double seen = images.seen(schedule);
        return new Workload(
                new Workload.Device(
                        macs * seen,
                        seen * bytesOfAnImage() + weights * (microBatches * ACCUMULATED + steps * UPDATED),
                        microBatches * (launches() + TRAINED_REST) + steps * blocks(trained) * copies()),
                host,
                schedule.shards(),
                Float.BYTES * weights * steps);
    }

    /**
     * A pass without gradients, whose weights are copied once.
     *
     * @param images how many
     * @param batch images at once
     * @param macs multiply-accumulates of an image
     * @param host what the processor has to do for all images
     */
    public Workload forward(double images, int batch, double macs, Workload.Host host) {
        double batches = Math.ceil(images / batch);
        double copied = precision == Precision.FP32
                ? 0
                : run.stream().mapToDouble(BlockStack::weights).sum() * COPIED;
        return new Workload(
                new Workload.Device(
                        macs * images,
                        images * bytesOfAnImage() + copied,
                        batches * (launches() + FORWARD_REST) + blocks(run) * copies()),
                host);
    }

    private double bytesOfAnImage() {
        double longest = Stream.concat(trained.stream(), run.stream())
                .mapToDouble(BlockStack::tokens)
                .max()
                .orElse(0);
        return trained.stream()
                        .mapToDouble(stack -> stack.trainedBytes(precision, longest))
                        .sum()
                + run.stream()
                        .mapToDouble(stack -> stack.forwardBytes(precision, longest))
                        .sum();
    }

    private double launches() {
        return trained.stream().mapToDouble(BlockStack::trainedLaunches).sum()
                + run.stream().mapToDouble(BlockStack::forwardLaunches).sum();
    }

    private double copies() {
        return precision == Precision.FP32 ? 0 : COPIES;
    }

    private static double blocks(List<BlockStack> stacks) {
        return stacks.stream().mapToDouble(BlockStack::depth).sum();
    }
}
