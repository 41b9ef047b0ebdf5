package io.maeharness.core.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.stage.MicroBatch;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A training on one or several devices. A step is cut into a fixed number of shards; each device computes the same number
 * of them, one after another, and their gradients are summed by the tree of {@link PairwiseSum}, so that the same bits
 * come out whether one device computes all shards or several compute some each. Every device then does the same update.
 *
 * <p>One shard on one device is the plain loop of {@link Replica#step}.
 *
 * @param <R> the method on one device
 */
public final class DataParallel<R extends Replica> implements Trainable, AutoCloseable {
    private final List<R> replicas;
    private final List<Exchange> exchanges;
    private final List<PairwiseSum> sums;
    private final List<AllReduce> reductions;
    private final int shards;
    private final OptionalInt microBatch;
    private final DeviceThreads threads;

    private DataParallel(
            List<NDManager> devices, OptionalInt microBatch, int shards, Function<TrainingDevice, R> open) {
        this.microBatch = microBatch;
        this.shards = shards;
        replicas = open(devices, microBatch, shards, open);
        exchanges = shards == 1
                ? List.of()
                : replicas.stream()
                        .map(replica -> new Exchange(replica.manager()))
                        .toList();
        sums = IntStream.range(0, exchanges.size())
                .mapToObj(i -> new PairwiseSum(exchanges.get(i), replicas.get(i).sums()))
                .toList();
        List<List<NDArray>> ofAll = replicas.stream().map(Replica::sums).toList();
        reductions = IntStream.range(0, replicas.size() == 1 ? 0 : replicas.size())
                .mapToObj(i -> new AllReduce(exchanges.get(i), i, ofAll))
                .toList();
        threads = new DeviceThreads(replicas.size());
    }

    /**
     * A training of a stage on its devices: as many of them as there are shards to compute.
     *
     * @param schedule of the stage; it says how many
     */
    public static <R extends Replica> DataParallel<R> of(
            StageContext context, Stage stage, Schedule schedule, Function<TrainingDevice, R> open) {
        List<NDManager> managers = context.managers(schedule.shards());
        int channels = context.data().train().channels();
        OptionalInt own = MicroBatch.fitting(
                schedule,
                images -> stage.bytes(channels, images),
                context.environment().deviceBytes());
        return new DataParallel<>(managers, own, schedule.shards(), open);
    }

    /**
     * A training on several devices.
     *
     * @param devices a power of two of them
     * @param shards of a step: a power of two, at least one a device
     * @param open makes model and optimiser on a device as they are before the first step
     */
    public static <R extends Replica> DataParallel<R> of(
            List<NDManager> devices, int shards, Function<TrainingDevice, R> open) {
        return new DataParallel<>(devices, OptionalInt.empty(), shards, open);
    }

    private static <R extends Replica> List<R> open(
            List<NDManager> devices, OptionalInt microBatch, int shards, Function<TrainingDevice, R> open) {
        if (Integer.bitCount(devices.size()) != 1 || Integer.bitCount(shards) != 1 || shards < devices.size()) {
            throw new IllegalArgumentException(shards + " shards on " + devices.size()
                    + " devices: both must be powers of two, and no device may have nothing to do");
        }
        List<R> replicas = new ArrayList<>();
        int each = shards / devices.size();
        for (int i = 0; i < devices.size(); i++) {
            R replica = open.apply(new TrainingDevice(devices.get(i), microBatch, devices.size()));
            replica.feed().take(i * each, each, shards);
            replicas.add(replica);
        }
        return List.copyOf(replicas);
    }

    /** The method on each device. */
    public List<R> all() {
        return replicas;
    }

    /** The method on the first device; all have the same weights. */
    public R first() {
        return replicas.get(0);
    }

    /** Facts for the provenance with what the devices decided themselves. */
    public Map<String, String> with(Map<String, String> facts) {
        Map<String, String> all = new LinkedHashMap<>(facts);
        microBatch.ifPresent(images -> all.put("images of a micro-batch on the GPU", Integer.toString(images)));
        return all;
    }

    @Override
    public double step(long step, double learningRate) {
        if (shards == 1) {
            return first().step(step, learningRate);
        }
        double[] losses = new double[shards];
        List<StepLosses> kept = replicas.stream()
                .map(replica -> new StepLosses(replica.manager()))
                .toList();
        int each = shards / replicas.size();
        try {
            threads.onEach(i -> replicas.get(i).prepare(step));
            threads.onFirst(1, i -> replicas.get(i).couple(replicas));
            threads.onEach(i -> accumulate(i, step, kept.get(i)));
            if (!reductions.isEmpty()) {
                threads.onEach(i -> reductions.get(i).reduce());
                threads.onEach(i -> reductions.get(i).gather());
            }
            threads.onEach(i -> {
                R replica = replicas.get(i);
                replica.update(step, learningRate);
                double[] own = kept.get(i).ofShards(i * each, each, loss -> replica.examine(step, loss));
                System.arraycopy(own, 0, losses, i * each, each);
            });
        } finally {
            kept.forEach(StepLosses::close);
        }
        return StepLosses.overShards(losses);
    }

    /** Gradients of a device's shards, summed up, and their losses. */
    private void accumulate(int device, long step, StepLosses losses) {
        R replica = replicas.get(device);
        boolean several = shards > replicas.size();
        int shard = -1;
        for (TrainingFeed.Chunk chunk : replica.chunks(step)) {
            if (several && shard >= 0 && chunk.shard() != shard) {
                sums.get(device).add();
            }
            shard = chunk.shard();
            replica.accumulate(chunk, losses);
        }
        if (several) {
            sums.get(device).add();
            sums.get(device).finish();
        }
    }

    @Override
    public Map<String, NDArray> state() {
        return first().state();
    }

    @Override
    public void restore(Map<String, NDArray> state) {
        replicas.forEach(replica -> replica.restore(state));
    }

    @Override
    public void close() {
        threads.close();
        exchanges.forEach(Exchange::close);
        replicas.forEach(Replica::close);
    }
}
