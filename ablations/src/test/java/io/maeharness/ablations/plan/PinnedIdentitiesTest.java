package io.maeharness.ablations.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maeharness.ablations.TestProfile;
import io.maeharness.ablations.tables.PaperTable;
import io.maeharness.core.config.ProfileLoader;
import io.maeharness.core.config.Settings;
import io.maeharness.core.stage.DataIdentity;
import io.maeharness.core.stage.ImageFacts;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.StageHash;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Published results and runs of days are found again by the identities of their stages: here are those of the small
 * profiles, for images that do not exist. Who means to change one raises the version of its kind of stage, measures
 * again, and only then pins the new ones.
 */
class PinnedIdentitiesTest {
    /** Tables that came later, each pinned by itself. */
    private static final List<String> ADDED = List.of("simmim");

    @ParameterizedTest
    @CsvSource({
        "quick, FP32, the paper's, 296, 89d2b501171fbd09cd52",
        "quick, BF16, the paper's, 296, a84bdea5f347474abcdb",
        "cifar10, FP32, the paper's, 286, f612e33721bfc1d958dc",
        "cifar10, BF16, the paper's, 286, 99941e99770f22dc268b",
        "quick, FP32, simmim, 8, 2ab7c8848089a304ce5e",
        "cifar10, BF16, simmim, 8, b4c689f4afb67de5eb07"
    })
    void everyStageOfEveryTableHasTheIdentityThatWasPinned(
            String profile, Precision precision, String tables, int stages, String digest) {
        List<String> selected = tables.equals("the paper's")
                ? TestProfile.TABLES.all().stream()
                        .map(PaperTable::id)
                        .filter(id -> !ADDED.contains(id))
                        .toList()
                : List.of(tables);
        List<String> hashes = plan(profile, precision, selected).stages().stream()
                .map(PlannedStage::hash)
                .sorted()
                .toList();
        assertEquals(stages + " " + digest, hashes.size() + " " + digest(String.join("\n", hashes)));
    }

    @Test
    void theStagesOfTheDefaultAreTheseOnes() {
        Map<String, String> kinds = plan("quick", Precision.FP32, List.of("context/mae")).stages().stream()
                .collect(Collectors.toMap(stage -> stage.stage().kind(), stage -> StageHash.of(stage.stage())));
        assertEquals(
                Map.of(
                        "pretrain", "110e3a09834fe73b7e5f",
                        "finetune", "3016485aaba71af1c771",
                        "linear-probe", "2c03151e8484dba55447",
                        "knn", "d8c4cc991757546e6ddb"),
                kinds);
    }

    private static Plan plan(String name, Precision precision, List<String> selectors) {
        Settings profile = ProfileLoader.load(name);
        PlanRequest request = new PlanRequest(
                profile,
                data -> new ImageFacts(new DataIdentity(data, "none"), 1, 10, 10_800, 10_000),
                precision,
                List.of(0L));
        return Planner.plan(request, Selection.of(selectors, TestProfile.TABLES, profile));
    }

    private static String digest(String text) {
        try {
            byte[] bytes = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(bytes).substring(0, 20);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
