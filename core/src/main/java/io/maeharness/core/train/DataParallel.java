package io.maeharness.core.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.stage.StageContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
    private final int shards;
    private final ExecutorService threads;

    private DataParallel(List<R> replicas, int shards) {
        this.replicas = List.copyOf(replicas);
        this.shards = shards;
        exchanges = shards == 1
                ? List.of()
                : replicas.stream()
                        .map(replica -> new Exchange(replica.manager()))
                        .toList();
        sums = IntStream.range(0, exchanges.size())
                .mapToObj(i -> new PairwiseSum(exchanges.get(i), replicas.get(i).sums()))
                .toList();
        threads = Executors.newFixedThreadPool(replicas.size(), task -> {
            Thread thread = new Thread(
                    () -> {
                        Torch.prepareThread();
                        task.run();
                    },
                    "device");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * A training of a stage on its devices: as many of them as there are shards to compute.
     *
     * @param shards of a step, see {@link io.maeharness.core.config.Schedule#shards}
     */
    public static <R extends Replica> DataParallel<R> of(
            StageContext context, int shards, Function<NDManager, R> open) {
        return of(context.managers(shards), shards, open);
    }

    /**
     * A training on several devices.
     *
     * @param devices a power of two of them
     * @param shards of a step: a power of two, at least one a device
     * @param open makes model and optimiser on a device as they are before the first step
     */
    public static <R extends Replica> DataParallel<R> of(
            List<NDManager> devices, int shards, Function<NDManager, R> open) {
        if (Integer.bitCount(devices.size()) != 1 || Integer.bitCount(shards) != 1 || shards < devices.size()) {
            throw new IllegalArgumentException(shards + " shards on " + devices.size()
                    + " devices: both must be powers of two, and no device may have nothing to do");
        }
        List<R> replicas = new ArrayList<>();
        int each = shards / devices.size();
        for (int i = 0; i < devices.size(); i++) {
            R replica = open.apply(devices.get(i));
            replica.feed().take(i * each, each, shards);
            replicas.add(replica);
        }
        return new DataParallel<>(replicas, shards);
    }

    /** The method on the first device; all have the same weights. */
    public R first() {
        return replicas.get(0);
    }

    @Override
    public double step(long step, double learningRate) {
        if (shards == 1) {
            return first().step(step, learningRate);
        }
        List<Double> losses = onEach(i -> accumulate(i, step));
        double loss = reduce(losses);
        onEach(i -> {
            replicas.get(i).update(step, learningRate);
            return 0.0;
        });
        return loss;
    }

    /** Gradients and loss of a device's shards. */
    private double accumulate(int device, long step) {
        if (shards == replicas.size()) {
            return accumulateOne(replicas.get(device), step);
        }
        PairwiseSum sum = sums.get(device);
        double loss = 0;
        int shard = -1;
        for (TrainingFeed.Chunk chunk : replicas.get(device).feed().chunksOf(step)) {
            if (shard >= 0 && chunk.shard() != shard) {
                sum.add(loss);
                loss = 0;
            }
            shard = chunk.shard();
            loss += replicas.get(device).accumulate(chunk);
        }
        double all = sum.add(loss);
        sum.finish();
        return all;
    }

    private static double accumulateOne(Replica replica, long step) {
        double loss = 0;
        for (TrainingFeed.Chunk chunk : replica.feed().chunksOf(step)) {
            loss += replica.accumulate(chunk);
        }
        return loss;
    }

    /** The upper part of the tree, over the devices; its sum goes back to all of them. */
    private double reduce(List<Double> ofDevices) {
        List<Double> losses = new ArrayList<>(ofDevices);
        for (int stride = 1; stride < replicas.size(); stride *= 2) {
            for (int i = 0; i < replicas.size(); i += 2 * stride) {
                exchanges
                        .get(i)
                        .add(replicas.get(i).sums(), replicas.get(i + stride).sums());
                losses.set(i, losses.get(i) + losses.get(i + stride));
            }
        }
        for (int i = 1; i < replicas.size(); i++) {
            exchanges.get(i).copy(first().sums(), replicas.get(i).sums());
        }
        return losses.get(0);
    }

    /** Does something on every device at once; the first failure is thrown as it is. */
    private List<Double> onEach(Function<Integer, Double> work) {
        List<Callable<Double>> tasks = new ArrayList<>();
        for (int i = 0; i < replicas.size(); i++) {
            int device = i;
            tasks.add(() -> work.apply(device));
        }
        try {
            List<Double> results = new ArrayList<>();
            for (Future<Double> done : threads.invokeAll(tasks)) {
                results.add(done.get());
            }
            return results;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("a device failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while devices compute", e);
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
        threads.shutdown();
        exchanges.forEach(Exchange::close);
        replicas.forEach(Replica::close);
    }
}
