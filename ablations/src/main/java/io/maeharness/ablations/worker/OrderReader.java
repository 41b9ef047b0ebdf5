package io.maeharness.ablations.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Reads orders on a thread of its own, so that the end of the input is noticed while a stage is computed. */
final class OrderReader {
    private final BlockingQueue<Optional<WorkOrder>> orders = new LinkedBlockingQueue<>();
    private volatile boolean stopped;

    OrderReader(InputStream in) {
        Thread thread = new Thread(() -> read(in), "orders");
        thread.setDaemon(true);
        thread.start();
    }

    private void read(InputStream in) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                orders.add(Optional.of(Protocol.order(line)));
            }
        } catch (IOException | IllegalStateException e) {
            System.err.println("orders cannot be read any more: " + e.getMessage());
        } finally {
            stop();
        }
    }

    void stop() {
        stopped = true;
        orders.add(Optional.empty());
    }

    boolean isStopped() {
        return stopped;
    }

    /** Waits for the next order; empty once no more is to be done. */
    Optional<WorkOrder> next() {
        try {
            Optional<WorkOrder> next = orders.take();
            return stopped ? Optional.empty() : next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
