package io.maeharness.profiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.core.config.Overrides;
import io.maeharness.core.config.PaperAxes;
import io.maeharness.core.config.ProfileLoader;
import io.maeharness.core.config.Settings;
import io.maeharness.core.config.SupervisedRecipe;
import io.maeharness.core.config.SystemSizes;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.core.masking.MaskRatio;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileLoaderTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"smoke", "quick", "cifar10", "imagenet"})
    void aShippedProfileLoadsUnderItsName(String name) {
        assertEquals(name, ProfileLoader.load(name).name());
        assertTrue(ProfileLoader.shipped().contains(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"smoke", "quick", "cifar10", "imagenet"})
    void aShippedProfileOpensWithItsPurposeAndSources(String name) throws IOException {
        try (InputStream in = ProfileLoader.class.getResourceAsStream("/io/maeharness/profiles/" + name + ".yaml")) {
            String head = new String(in.readAllBytes(), StandardCharsets.UTF_8).split("(extends|name):", 2)[0];
            assertTrue(head.lines().count() >= 4 && head.lines().allMatch(l -> l.startsWith("#")), head);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"smoke", "quick", "cifar10", "imagenet"})
    void theDefaultDecoderIsTheOneThatTheAxesSay(String name) {
        Settings settings = ProfileLoader.load(name);
        assertEquals(settings.axes().decoderDepths().get(3), settings.model().decoderDepth());
        assertEquals(settings.axes().decoderWidths().get(2), settings.model().decoderDim());
        assertEquals(settings.axes().decoderHeads().get(2), settings.model().decoderHeads());
        assertEquals(
                settings.model().encoderDepth(), settings.axes().partialBlocks().get("24"));
    }

    @Test
    void noiseIsNoDataSetOfAProfile() throws IOException {
        Path mine = Files.writeString(directory.resolve("mine.yaml"), "extends: smoke\ndata:\n  dataset: noise\n");
        HarnessException thrown = assertThrows(HarnessException.class, () -> ProfileLoader.load(mine.toString()));
        assertTrue(thrown.getMessage().contains("data.dataset must be one of bundled"), thrown.getMessage());
    }

    @Test
    void imagenetKeepsThePaperToTheLetter() {
        Settings settings = ProfileLoader.load("imagenet");
        assertEquals(PaperAxes.PAPER_DEPTHS, settings.axes().decoderDepths());
        assertEquals(PaperAxes.PAPER_WIDTHS, settings.axes().decoderWidths());
        settings.axes().partialBlocks().forEach((paper, ours) -> assertEquals(Double.parseDouble(paper), ours));
        assertEquals(2.4e-3, settings.pretrain().schedule().peakLr(), 1e-12);
        assertEquals(6.4, settings.probe().schedule().peakLr(), 1e-12);
    }

    @Test
    void aFileChangesSomeKeysOfAnotherProfile() throws IOException {
        Path file = write("mine.yaml", "extends: quick\npretrain:\n  schedule:\n    epochs: 20\n");
        Settings quick = ProfileLoader.load("quick");
        Settings mine = ProfileLoader.load(file.toString());
        assertEquals(
                java.util.Set.of("name", "pretrain.schedule.epochs"),
                Overrides.differences(quick, mine).keySet());
        assertEquals("mine", mine.name());
    }

    @Test
    void aFileMayExtendAFileBesideIt() throws IOException {
        write("base.yaml", "extends: smoke\nseeds: 2\n");
        Path file = write("child.yaml", "extends: base.yaml\npretrain: {maskRatio: 0.5}\n");
        Settings child = ProfileLoader.load(file.toString());
        assertEquals(2, child.seeds());
        assertEquals(new MaskRatio(0.5), child.pretrain().maskRatio());
    }

    @Test
    void anUnknownKeyNamesFileLineAndTheNearestKnown() throws IOException {
        Path file = write("mine.yaml", "extends: quick\npretrain:\n  maskRato: 0.5\n");
        assertEquals(
                "profile " + file + " line 3: unknown key 'pretrain.maskRato'; the nearest known is"
                        + " 'pretrain.maskRatio'",
                refusal(file.toString(), Kind.CONFIG));
    }

    @Test
    void aValueOfTheWrongTypeNamesFileAndLine() throws IOException {
        Path file = write("mine.yaml", "extends: quick\n\nseeds: many\n");
        assertEquals(
                "profile " + file + " line 3: seeds takes a whole number, got 'many'",
                refusal(file.toString(), Kind.CONFIG));
    }

    @Test
    void aSectionGivenAsAValueIsRefused() throws IOException {
        Path file = write("mine.yaml", "extends: quick\npretrain: 5\n");
        assertTrue(refusal(file.toString(), Kind.CONFIG).contains("line 2: key 'pretrain' is a section"));
    }

    @Test
    void aDuplicateKeyIsRefused() throws IOException {
        Path file = write("mine.yaml", "extends: quick\nseeds: 1\nseeds: 2\n");
        assertEquals(
                "profile " + file + " line 3: key 'seeds' stands here a second time, first in line 2; keep one",
                refusal(file.toString(), Kind.CONFIG));
    }

    @Test
    void whatARecordRefusesIsSaidWithTheFile() throws IOException {
        Path file = write("mine.yaml", "extends: quick\npretrain: {maskRatio: 2}\n");
        assertTrue(refusal(file.toString(), Kind.CONFIG).contains("pretrain.maskRatio must lie in (0, 1), got 2.0"));
    }

    @Test
    void aNameThatIsNoneOfAChoiceIsRefusedWithItsLineAndTheChoice() throws IOException {
        Path file = write("mine.yaml", "extends: quick\npretrain:\n  target: hog\n");
        assertEquals(
                "profile " + file + " line 3: pretrain.target must be one of pixel, pixel-norm, pca, dvae-token, got"
                        + " 'hog'",
                refusal(file.toString(), Kind.CONFIG));
    }

    @Test
    void aFileThatExtendsNothingMustBeComplete() throws IOException {
        Path file = write("mine.yaml", "seeds: 2\n");
        assertTrue(refusal(file.toString(), Kind.CONFIG).contains("lacks"));
    }

    @Test
    void brokenYamlNamesTheLine() throws IOException {
        Path file = write("mine.yaml", "extends: quick\npretrain: {maskRatio: 0.5\nseeds: 1\n");
        assertTrue(refusal(file.toString(), Kind.CONFIG).contains("mine.yaml line "));
    }

    @Test
    void aCircleOfExtendsIsRefused() throws IOException {
        Path file = write("a.yaml", "extends: a.yaml\n");
        assertTrue(refusal(file.toString(), Kind.CONFIG).contains("circle"));
    }

    @Test
    void anUnknownProfileIsRefusedWithTheNearestKnown() {
        assertEquals(
                "unknown profile 'quik'; the nearest known is 'quick' of smoke, gate, quick, cifar10, imagenet; a file of"
                        + " your own ends in .yaml",
                refusal("quik", Kind.UNKNOWN_PROFILE));
    }

    @Test
    void aMissingFileIsRefused() {
        assertTrue(refusal(directory.resolve("no.yaml").toString(), Kind.CONFIG).contains("does not exist"));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private static String refusal(String profile, Kind kind) {
        HarnessException e = assertThrows(HarnessException.class, () -> ProfileLoader.load(profile));
        assertEquals(kind, e.kind());
        return e.getMessage();
    }

    @Test
    void table3OfTheImagenetProfileFineTunesAsThePublishedCodeAndTheAblationsAsThePaper() {
        Settings imagenet = ProfileLoader.load("imagenet");
        SupervisedRecipe paper = imagenet.finetune();
        assertEquals(List.of(1e-3, 0.75, 0.1, 0.0), published(paper));
        SystemSizes sizes = imagenet.sizes();
        assertEquals(List.of(5e-4, 0.65, 0.1, 0.25), published(sized(imagenet, sizes.vitB())));
        assertEquals(List.of(1e-3, 0.75, 0.2, 0.25), published(sized(imagenet, sizes.vitL())));
        assertEquals(List.of(1e-3, 0.75, 0.3, 0.25), published(sized(imagenet, sizes.vitH())));
    }

    private static SupervisedRecipe sized(Settings profile, SystemSizes.EncoderSize size) {
        return Overrides.apply(profile, size.allChanges()).finetune();
    }

    private static List<Double> published(SupervisedRecipe recipe) {
        return List.of(recipe.schedule().baseLr(), recipe.layerDecay(), recipe.dropPath(), recipe.erasing());
    }
}
