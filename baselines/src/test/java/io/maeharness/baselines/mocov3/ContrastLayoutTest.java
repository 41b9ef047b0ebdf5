package io.maeharness.baselines.mocov3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.core.model.Layout;
import io.maeharness.core.model.ParameterSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContrastLayoutTest {
    private final ContrastLayout layout = new ContrastLayout(TinyContrast.MODEL, TinyContrast.recipe(1, 32), 1);

    @Test
    void theEncoderIsThatOfTheMaskedAutoencoder() {
        assertEquals(names(Layout.encoder(TinyContrast.MODEL, 1)), names(layout.encoder()));
    }

    @Test
    void theProjectorHasThreeLayersWithoutBiasesAndNoGainAtTheEnd() {
        List<String> projector =
                names(layout.key().subList(layout.encoder().size(), layout.key().size()));
        assertEquals(
                List.of(
                        "projector.0.weight",
                        "projector.1.weight",
                        "projector.1.bias",
                        "projector.3.weight",
                        "projector.4.weight",
                        "projector.4.bias",
                        "projector.6.weight"),
                projector);
    }

    @Test
    void onlyTheQueryHasAPredictor() {
        List<String> predictor =
                names(layout.query().subList(layout.key().size(), layout.query().size()));
        assertEquals(
                List.of("predictor.0.weight", "predictor.1.weight", "predictor.1.bias", "predictor.3.weight"),
                predictor);
        assertEquals(6, layout.keyStatistics().size());
        assertEquals(10, layout.queryStatistics().size());
    }

    @Test
    void onlyThePatchProjectionIsFrozen() {
        for (ParameterSpec spec : layout.query()) {
            assertEquals(spec.name().startsWith("patch_embed.proj."), !ContrastLayout.trained(spec), spec.name());
        }
        assertFalse(layout.query().stream().allMatch(ContrastLayout::trained));
        assertTrue(layout.query().stream().anyMatch(ContrastLayout::trained));
    }

    private static List<String> names(List<ParameterSpec> specs) {
        return specs.stream().map(ParameterSpec::name).toList();
    }
}
