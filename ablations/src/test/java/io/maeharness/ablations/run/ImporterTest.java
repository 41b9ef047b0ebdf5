package io.maeharness.ablations.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.ablations.TestProfile;
import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.PlanRequest;
import io.maeharness.ablations.plan.PlannedCell;
import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.ablations.plan.Planner;
import io.maeharness.ablations.plan.Selection;
import io.maeharness.ablations.stages.ImportedEncoder;
import io.maeharness.ablations.worker.OutputDirectory;
import io.maeharness.core.checkpoint.FinishedWeights;
import io.maeharness.core.checkpoint.Safetensors;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.Overrides;
import io.maeharness.core.config.PretrainRecipe;
import io.maeharness.core.config.Settings;
import io.maeharness.core.device.DeviceKind;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.model.Layout;
import io.maeharness.core.model.ParameterSpec;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.StageHash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImporterTest {
    private static final Settings PROFILE = TestProfile.settings();

    @TempDir
    private Path directory;

    private OutputDirectory output;

    @BeforeEach
    void output() {
        output = new OutputDirectory(directory.resolve("run"));
    }

    @Test
    void anImportedFileIsAFinishedStageWithTheSameBytes() throws IOException {
        Path file = write("mine", PROFILE.model());
        Importer.Imported imported = importer().run(file);
        Path weights = output.stage(StageHash.of(imported.encoder().stage())).resolve(FinishedWeights.FILE);
        assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(weights));
        assertTrue(imported.copied());
        assertFalse(importer().run(file).copied());
        assertTrue(imported.encoder().stage().decoding().isPresent());
    }

    @Test
    void weightsThatWereRemovedAreImportedAgain() throws IOException {
        Path file = write("mine", PROFILE.model());
        Path weights = output.stage(StageHash.of(importer().run(file).encoder().stage()))
                .resolve(FinishedWeights.FILE);
        Files.delete(weights);
        assertTrue(importer().run(file).copied());
        assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(weights));
    }

    @Test
    void aRunThatHoldsTheDirectoryIsNotDisturbed() {
        Path file = write("mine", PROFILE.model());
        try (StoreLock lock = StoreLock.acquire(output)) {
            lock.requireHeld();
            HarnessException e =
                    assertThrows(HarnessException.class, () -> importer().run(file));
            assertEquals(HarnessException.Kind.STORE_LOCKED, e.kind());
        }
        assertTrue(importer().run(file).copied());
    }

    @Test
    void theContextRowIsMeasuredOfTheImportWithoutPretraining() {
        Plan plan = plan("context/mae", PROFILE.model());
        assertEquals(
                List.of("imported", "finetune", "linear-probe", "knn"),
                plan.stages().stream().map(stage -> stage.stage().kind()).toList());
        assertEquals("MAE, default, imported", label(plan, "mae"));
        assertTrue(plan.layouts().get(0).caption().contains("imported from file.safetensors (sha256 "));
    }

    @Test
    void picturesOfAnImportedModelStandBesideThoseOfTheRunsOwn() throws IOException {
        Importer.Imported imported = importer().run(write("file", PROFILE.model()));
        for (Optional<ImportedEncoder> model :
                List.of(Optional.<ImportedEncoder>empty(), Optional.of(imported.encoder()))) {
            Plan plan = Planner.reconstructions(request(model), selection("context/mae"), 2);
            PlannedStage drawing = plan.stages().get(plan.stages().size() - 1);
            Path drawn = Files.createDirectories(output.stage(drawing.hash())).resolve("reconstruction.png");
            Files.writeString(drawn, model.isPresent() ? "imported" : "own");
            StagePictures.collect(output, drawing);
        }
        Path pictures = output.pictures().resolve("context");
        assertEquals("own", Files.readString(pictures.resolve("mae/seed-0/reconstruction.png")));
        assertEquals("imported", Files.readString(pictures.resolve("mae-imported/seed-0/reconstruction.png")));
    }

    @Test
    void ofTableThreeOnlyTheColumnOfTheFilesSizeIsFilled() {
        ModelSettings large =
                Overrides.apply(PROFILE, PROFILE.sizes().vitL().allChanges()).model();
        Plan plan = plan("table3/mae", large);
        assertEquals(
                List.of("vit-l"),
                plan.cells().stream()
                        .filter(PlannedCell.Measured.class::isInstance)
                        .map(cell -> cell.key().metric())
                        .toList());
        assertEquals("MAE, imported", label(plan, "mae"));
        assertEquals("BEiT", label(plan, "beit"));
        assertEquals(
                Set.of("vit-b", "vit-h", "vit-h-448", "cost", "cost-per-image", "images"),
                plan.cells().stream()
                        .filter(PlannedCell.Skipped.class::isInstance)
                        .map(PlannedCell.Skipped.class::cast)
                        .filter(cell -> cell.reason().contains("of another size"))
                        .map(cell -> cell.key().metric())
                        .collect(Collectors.toSet()));
    }

    @Test
    void rowsOfOtherTablesStayPretrainedHere() {
        Plan plan = plan("table1a/depth-1", PROFILE.model());
        assertTrue(
                plan.stages().stream().noneMatch(stage -> stage.stage().kind().equals("imported")));
    }

    @Test
    void forcingARunKeepsTheImportAndComputesTheRestAgain() throws IOException {
        Plan plan = plan("context/mae", PROFILE.model());
        Path kept = output.stage(plan.stages().get(0).hash());
        Files.writeString(kept.resolve("weights"), "1"); // What the fake executor reads of a parent.
        assertEquals(3, Runs.run(output, plan, 1).finished());
        RunSummary forced = Runs.run(output, plan, RunOptions.onCpu(1).withForce(true), RunListener.SILENT);
        assertEquals(3, forced.finished());
        assertEquals(1, forced.reused());
        assertTrue(Files.exists(output.stage(plan.stages().get(0).hash()).resolve(FinishedWeights.FILE)));
    }

    @Test
    void aFileOfNoSizeOfTheProfileIsRefused() {
        Path file = write("other", new ModelSettings(32, 4, 12, 1, 1, 96, 2, 3, 4));
        HarnessException e =
                assertThrows(HarnessException.class, () -> importer().run(file));
        assertEquals(HarnessException.Kind.CHECKPOINT, e.kind());
        assertTrue(
                e.getMessage().contains("tensor 'cls_token' has shape [1, 1, 12], the model needs [1, 1, 192]"),
                e.getMessage());
    }

    @Test
    void theDecoderOfAFileThatSaysItsTargetIsAskedForThatTarget() {
        String said = "{\"model\": {\"encoderHeads\": " + PROFILE.model().encoderHeads() + ", \"decoderHeads\": "
                + PROFILE.model().decoderHeads() + "}, \"recipe\": {\"target\": \"pixel-norm\", \"maskRatio\": 0.5}}";
        Importer.Imported imported = importer().run(write("said", PROFILE.model(), Map.of("configuration", said)));
        PretrainRecipe recipe = imported.encoder().stage().decoding().orElseThrow();
        assertEquals("pixel-norm", recipe.target().key());
        assertEquals(0.5, recipe.maskRatio().value());
        assertTrue(
                imported.remarks().get(imported.remarks().size() - 1).startsWith("its decoder predicts the target"),
                imported.remarks().toString());
    }

    @Test
    void whatNobodySaysIsAssumedWithANote() {
        List<String> remarks = importer().run(write("file", PROFILE.model())).remarks();
        assertTrue(remarks.get(remarks.size() - 2).contains("assumed of the profile"), remarks.toString());
        assertTrue(remarks.get(remarks.size() - 1).startsWith("nothing says what its decoder predicts"));
    }

    @Test
    void aFileOfOtherHeadsIsRefusedThoughItsTensorsFit() {
        String said = "{\"model\": {\"encoderHeads\": " + 2 * PROFILE.model().encoderHeads() + "}}";
        Path file = write("heads", PROFILE.model(), Map.of("configuration", said));
        HarnessException e =
                assertThrows(HarnessException.class, () -> importer().run(file));
        assertEquals(HarnessException.Kind.CHECKPOINT, e.kind());
        assertTrue(e.getMessage().contains("heads of the encoder's attention, says its own"), e.getMessage());
    }

    private static String label(Plan plan, String key) {
        return plan.layouts().get(0).cases().stream()
                .filter(row -> row.key().equals(key))
                .findFirst()
                .orElseThrow()
                .label();
    }

    private Plan plan(String selector, ModelSettings model) {
        Importer.Imported imported = importer().run(write("file", model));
        return Planner.plan(request(Optional.of(imported.encoder())), selection(selector));
    }

    private static Selection selection(String selector) {
        return Selection.of(List.of(selector), TestProfile.TABLES, PROFILE);
    }

    private static PlanRequest request(Optional<ImportedEncoder> model) {
        return new PlanRequest(
                PROFILE,
                TestProfile::images,
                Precision.FP32,
                DeviceKind.CPU,
                PlanRequest.seeds(0, 1),
                model,
                Optional.empty());
    }

    private Importer importer() {
        return new Importer(output, PROFILE, TestProfile.images(PROFILE.data()));
    }

    private Path write(String name, ModelSettings model) {
        return write(name, model, Map.of("format", "pt"));
    }

    private Path write(String name, ModelSettings model, Map<String, String> metadata) {
        Path file = directory.resolve(name + ".safetensors");
        List<Safetensors.Outgoing> tensors = new ArrayList<>();
        for (ParameterSpec spec : Layout.maskedAutoencoder(model, 1, model.patchValues(1), false)) {
            tensors.add(new Safetensors.Outgoing(
                    spec.name(), spec.shape(), () -> ByteBuffer.allocate((int) spec.count() * Float.BYTES)));
        }
        Safetensors.write(file, tensors, metadata);
        return file;
    }
}
