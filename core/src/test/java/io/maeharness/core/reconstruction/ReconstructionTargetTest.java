package io.maeharness.core.reconstruction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.core.discovery.Named;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReconstructionTargetTest {
    private static final ReconstructionTarget.PatchFacts PATCH = new ReconstructionTarget.PatchFacts(48, 0.125, 512);
    private static final float[] NO_BASIS = {};

    static Stream<ReconstructionTarget> targets() {
        return Named.all(ReconstructionTarget.class).stream();
    }

    @Test
    void theTargetsAreTheRowsOfTable1d() {
        assertEquals(List.of("pixel", "pixel-norm", "pca", "dvae-token"), Named.keys(ReconstructionTarget.class));
    }

    @ParameterizedTest
    @MethodSource("targets")
    void everyTargetHasAFragmentOfScript(ReconstructionTarget target) {
        String name = target.fragment().name();
        assertTrue(ReconstructionTarget.class.getResource(name) != null, name);
    }

    @Test
    void anOutputIsAPixelAComponentOrAWord() {
        assertEquals(
                List.of(48, 48, 6, 512),
                targets().map(target -> target.outputs(PATCH)).toList());
    }

    @Test
    void ofPrincipalComponentsAtLeastOneIsKept() {
        assertEquals(
                1,
                new ReconstructionTarget.PrincipalComponents()
                        .outputs(new ReconstructionTarget.PatchFacts(48, 0.001, 0)));
    }

    @Test
    void normalisedPixelsAreDrawnWithTheStatisticsOfTheTruth() {
        float[] truth = {1, 3};
        float deviation = (float) Math.sqrt(2 + 1e-6);
        float[] drawn = new ReconstructionTarget.NormalisedPixel().pixels(new float[] {0, 1}, truth, NO_BASIS);
        assertArrayEquals(new float[] {2, 2 + deviation}, drawn, 1e-6f);
    }

    @Test
    void projectionsAreDrawnAsTheMeanPatchAndTheirComponents() {
        float[] basis = {10, 20, 1, 0};
        float[] drawn = new ReconstructionTarget.PrincipalComponents().pixels(new float[] {5}, new float[2], basis);
        assertArrayEquals(new float[] {15, 20}, drawn);
    }

    @Test
    void wordsDrawNoPixels() {
        ReconstructionTarget words = new ReconstructionTarget.Word();
        assertTrue(words.readsWords());
        assertThrows(IllegalStateException.class, () -> words.pixels(new float[1], new float[1], NO_BASIS));
    }
}
