package io.maeharness.core.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What came of trying the engine on the GPUs of a machine: those that do not compute are left out, each with its reason,
 * and the others go on.
 *
 * @param usable the machine with the GPUs that compute
 * @param check what the engine said when it was to use all of them; nothing where it was not asked
 */
public record GpuTrial(Devices usable, EngineCheck check) {
    private static final int AT_ONCE = 4;

    /** Tries all, as if nothing were known of them, and keeps what is found out for the next command. */
    public static GpuTrial anew(Devices machine, Consumer<String> heard) {
        return anew(machine, RememberedGpus.ofUser(), EngineCheck::run, heard);
    }

    /** Tries those that the engine is not known to compute on. */
    public static Devices of(Devices machine, Consumer<String> heard) {
        return of(machine, RememberedGpus.ofUser(), EngineCheck::run, heard);
    }

    /** Forgets what was found out: a GPU that was to compute did not. */
    public static void forget() {
        RememberedGpus.ofUser().forget();
    }

    static GpuTrial anew(
            Devices machine,
            RememberedGpus remembered,
            BiFunction<String, Consumer<String>, EngineCheck> look,
            Consumer<String> heard) {
        String all = named(machine.gpus());
        EngineCheck check = look.apply(all, heard);
        Devices usable = check.gpus() >= machine.gpus().size()
                ? machine
                : machine.without(reasons(machine.gpus(), check, look, heard));
        remembered.keep(machine, usable.gpus(), check);
        return new GpuTrial(usable, check);
    }

    static Devices of(
            Devices machine,
            RememberedGpus remembered,
            BiFunction<String, Consumer<String>, EngineCheck> look,
            Consumer<String> heard) {
        RememberedGpus.Answer known = remembered.of(machine);
        List<Gpu> open = machine.gpus().stream()
                .filter(gpu -> !known.uuids().contains(gpu.uuid()))
                .toList();
        if (open.isEmpty()) {
            return machine;
        }
        if (open.size() == machine.gpus().size()) {
            return anew(machine, remembered, look, heard).usable();
        }
        Map<String, String> reasons = alone(open, look, heard);
        if (reasons.size() < open.size()) {
            remembered.add(machine, known, machine.without(reasons).gpus());
        }
        return machine.without(reasons);
    }

    /**
     * Not all compute together. Which of them do cannot be told from a process that sees several, as CUDA may count fewer:
     * a broken card is left out, or all are, and of the instances of divided cards there may be one.
     */
    private static Map<String, String> reasons(
            List<Gpu> gpus,
            EngineCheck together,
            BiFunction<String, Consumer<String>, EngineCheck> look,
            Consumer<String> heard) {
        return gpus.size() == 1 || !together.asksForCuda()
                ? gpus.stream().collect(Collectors.toMap(Devices::name, gpu -> together.whyNot(), (one, same) -> one))
                : alone(gpus, look, heard);
    }

    private static Map<String, String> alone(
            List<Gpu> gpus, BiFunction<String, Consumer<String>, EngineCheck> look, Consumer<String> heard) {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<EngineCheck>> checks = new ArrayList<>();
            gpus.forEach(gpu -> checks.add(threads.submit(() -> look.apply(Devices.name(gpu), heard))));
            Map<String, String> reasons = new TreeMap<>();
            for (int i = 0; i < gpus.size(); i++) {
                EngineCheck check = checks.get(i).get();
                if (check.gpus() == 0) {
                    reasons.put(Devices.name(gpus.get(i)), check.whyNot());
                }
            }
            return reasons;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return gpus.stream().collect(Collectors.toMap(Devices::name, gpu -> "interrupted", (one, same) -> one));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private static String named(List<Gpu> gpus) {
        return gpus.stream().map(Gpu::number).collect(Collectors.joining("+", "gpu:", ""));
    }
}
