package io.maeharness.core.train;

import io.maeharness.core.engine.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** A thread for each device, so that all of them compute at once. */
final class DeviceThreads implements AutoCloseable {
    private final int devices;
    private final ExecutorService threads;

    /**
     * Starts no thread before there is work.
     *
     * @param devices how many
     */
    DeviceThreads(int devices) {
        this.devices = devices;
        threads = Executors.newFixedThreadPool(devices, task -> {
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

    /** Does something on every device at once and waits for all; the first failure is thrown as it is. */
    void onEach(IntConsumer work) {
        onFirst(devices, work);
    }

    /** The same on the first of them alone. */
    void onFirst(int count, IntConsumer work) {
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int device = i;
            tasks.add(() -> {
                work.accept(device);
                return null;
            });
        }
        try {
            for (Future<Void> done : threads.invokeAll(tasks)) {
                done.get();
            }
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
    public void close() {
        threads.shutdown();
    }
}
