package io.maeharness.workbench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.core.config.Overrides;
import io.maeharness.core.config.ProfileLoader;
import io.maeharness.core.stage.Precision;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small models leave a GPU idle when they have it alone. */
class SharedGpuTest {
    private static final double H100 = 81_559.0 * 1024 * 1024;

    @TempDir
    private static Path output;

    private static List<PlannedStage> small;

    @BeforeAll
    static void plan() {
        small = stages(Map.of());
    }

    private static List<PlannedStage> stages(Map<String, String> changes) {
        Compute cpu = new Compute(List.of("cpu"), Precision.BF16, 1, true);
        Session session =
                new Session(Overrides.apply(ProfileLoader.load("quick"), changes), cpu, Optional.empty(), output);
        return session.plan(session.selection(List.of("context/mae", "table3/dino")))
                .stages();
    }

    @Test
    void smallModelsShareItByCoresAndEightAtMost() {
        assertEquals(8, SharedGpu.workers(small, H100, 16));
        assertEquals(4, SharedGpu.workers(small, H100, 6));
        assertEquals(1, SharedGpu.workers(small, H100, 1));
    }

    @Test
    void theyShareItByItsMemoryToo() {
        assertEquals(1, SharedGpu.workers(small, 1e9, 16));
        assertEquals(1, SharedGpu.workers(small, 0, 16), "where the driver does not tell");
    }

    @Test
    void oneLargeModelAmongThemHasItAlone() {
        assertEquals(1, SharedGpu.workers(stages(Map.of("pretrain.schedule.batchSize", "4096")), H100, 16));
    }

    @Test
    void aNumberThatTheUserAskedForAndDevicesThatComputeTogetherAreLeft() {
        int cores = Runtime.getRuntime().availableProcessors();
        int shared = SharedGpu.workers(small, H100, cores / 2);
        assertEquals(
                2 * shared,
                new Compute(List.of("gpu:0", "gpu:1"), Precision.BF16, 2, false, List.of(H100, H100))
                        .workersFor(small));
        assertEquals(3, new Compute(List.of("gpu:0"), Precision.BF16, 3, true, List.of(H100)).workersFor(small));
        assertEquals(1, new Compute(List.of("gpu:0+1"), Precision.BF16, 1, false, List.of(H100)).workersFor(small));
        assertEquals(
                List.of("gpu:0", "gpu:1", "gpu:0", "gpu:1"),
                new Compute(List.of("gpu:0", "gpu:1"), Precision.BF16, 4, true, List.of(H100, H100)).slotsFor(small));
    }
}
