package io.maeharness.core.device;

import io.maeharness.core.data.DataRequest;
import io.maeharness.files.AtomicFile;
import io.maeharness.files.Folders;
import io.maeharness.files.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The GPUs that the engine was found to compute on, kept from one command to the next, as finding it out takes seconds. A
 * file holds the answer for what decides it: driver and GPUs, the environment, the build of the engine. That a GPU does not
 * compute is not kept, so that it is looked at again once its cause is repaired. A file that is damaged or cannot be written
 * is as good as none.
 *
 * @param directory where the files lie
 */
record RememberedGpus(Path directory) {
    /** Variables and properties, by their beginning, that decide what the engine's libraries find and use. */
    private static final List<String> DECIDING = List.of(
            "CUDA", "NVIDIA", "PYTORCH", "TORCH", "LD_", "ai.djl.", "DJL_", "ENGINE_CACHE_DIR", "jna.", "user.home");

    private static final String LIBTORCH = "libtorch=";
    private static final String STATE = "state=";
    private static final String GPU = "computes=";

    /**
     * What is known.
     *
     * @param libtorch where the engine's libraries lie; empty where nothing is known
     * @param uuids of the GPUs that compute
     */
    record Answer(Optional<Path> libtorch, Set<String> uuids) {
        static final Answer NONE = new Answer(Optional.empty(), Set.of());
    }

    /** In the directory of caches. */
    static RememberedGpus ofUser() {
        return new RememberedGpus(DataRequest.defaultCache().resolve("engine"));
    }

    /** What is known of a machine, as long as the engine's libraries are as they were. */
    Answer of(Devices machine) {
        try {
            List<String> lines = Files.readAllLines(file(machine), StandardCharsets.UTF_8);
            Optional<Path> libtorch =
                    values(lines, LIBTORCH).stream().findFirst().map(Path::of);
            Set<String> uuids = Set.copyOf(values(lines, GPU));
            boolean same = libtorch.isPresent()
                    && values(lines, STATE).equals(List.of(state(libtorch.get())))
                    && lines.size() == uuids.size() + 2;
            return same ? new Answer(libtorch, uuids) : Answer.NONE;
        } catch (IOException | RuntimeException e) {
            return Answer.NONE; // The engine is asked anew, as if nothing had been kept.
        }
    }

    /** Keeps that some GPUs of a machine compute; forgets what was known of it where none does. */
    void keep(Devices machine, List<Gpu> computing, EngineCheck check) {
        write(machine, Optional.ofNullable(check.facts().get("libtorch")).map(Path::of), computing);
    }

    /** Keeps that more GPUs of a machine compute. */
    void add(Devices machine, Answer known, List<Gpu> computing) {
        write(machine, known.libtorch(), computing);
    }

    /** Forgets all: a GPU that was to compute did not. */
    void forget() {
        Folders.deleteQuietly(directory);
    }

    private void write(Devices machine, Optional<Path> libtorch, List<Gpu> computing) {
        List<String> uuids = computing.stream()
                .map(Gpu::uuid)
                .filter(uuid -> !uuid.isEmpty())
                .toList();
        try {
            if (libtorch.isEmpty() || uuids.isEmpty()) {
                Files.deleteIfExists(file(machine));
                return;
            }
            List<String> lines = new ArrayList<>(List.of(LIBTORCH + libtorch.get(), STATE + state(libtorch.get())));
            uuids.forEach(uuid -> lines.add(GPU + uuid));
            AtomicFile.writeDerived(file(machine), (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException | RuntimeException e) {
            return; // The next command asks the engine again.
        }
    }

    private Path file(Devices machine) {
        String key = key(machine, System.getenv(), EngineProcess.properties());
        return directory.resolve(Sha256.of(key) + ".txt");
    }

    /** Everything that decides whether the engine computes on a GPU, but for the libraries themselves. */
    static String key(Devices machine, Map<String, String> environment, Map<String, String> properties) {
        Map<String, String> deciding = new TreeMap<>();
        Stream.of(environment, properties)
                .forEach(settings -> settings.forEach((name, value) -> {
                    if (DECIDING.stream().anyMatch(name::startsWith)) {
                        deciding.put(name, value);
                    }
                }));
        Set<String> cards = machine.gpus().stream()
                .map(gpu -> gpu.number() + " " + gpu.uuid() + " " + gpu.driver())
                .collect(Collectors.toCollection(TreeSet::new));
        return Stream.<Object>of(cards, machine.natives(), EngineNatives.binding(), deciding)
                .map(String::valueOf)
                .collect(Collectors.joining("\n"));
    }

    /** Names, sizes and times of the libraries. */
    private static String state(Path libtorch) throws IOException {
        List<String> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(libtorch)) {
            for (Path file : all.sorted().toList()) {
                files.add(file.getFileName() + " " + Files.size(file) + " " + Files.getLastModifiedTime(file));
            }
        }
        return Sha256.of(String.join("\n", files));
    }

    private static List<String> values(Collection<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()))
                .toList();
    }
}
