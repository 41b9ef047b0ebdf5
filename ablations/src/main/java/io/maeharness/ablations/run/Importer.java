package io.maeharness.ablations.run;

import io.maeharness.ablations.stages.ImportedEncoder;
import io.maeharness.ablations.worker.FinishedStage;
import io.maeharness.ablations.worker.OutputDirectory;
import io.maeharness.core.checkpoint.FinishedWeights;
import io.maeharness.core.config.Overrides;
import io.maeharness.core.config.Settings;
import io.maeharness.core.config.SystemSizes;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.stage.ImageFacts;
import io.maeharness.core.stage.StageHash;
import io.maeharness.interop.exchange.EncoderFit;
import io.maeharness.interop.exchange.ForeignModel;
import io.maeharness.interop.exchange.ImportedStage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes a finished stage of a file with somebody's weights. */
public final class Importer {
    private final OutputDirectory output;
    private final Settings settings;
    private final ImageFacts images;

    /**
     * An importer.
     *
     * @param output where the stage is kept
     * @param settings profile; the file has to be of its model's size or of one of its table 3
     * @param images facts of the profile's images
     */
    public Importer(OutputDirectory output, Settings settings, ImageFacts images) {
        this.output = output;
        this.settings = settings;
        this.images = images;
    }

    /**
     * What became of a file.
     *
     * @param encoder the stage and the file's name
     * @param size which of the profile's sizes it is
     * @param remarks what a user should know of it, a clause each
     * @param copied whether its weights were written now, and not by an earlier import
     */
    public record Imported(ImportedEncoder encoder, String size, List<String> remarks, boolean copied) {
        /** Copies the list. */
        public Imported {
            remarks = List.copyOf(remarks);
        }
    }

    /**
     * Checks a file and keeps its weights as a finished stage; does nothing when that was done before and they are still
     * there.
     *
     * @throws HarnessException of kind STORE_READ_ONLY, STORE_LOCKED or DISK when they cannot be kept
     * @throws HarnessException of kind CHECKPOINT when the file is damaged, hostile or of another size: which tensor, and
     *     both shapes
     */
    public Imported run(Path file) {
        try (ForeignModel model = ForeignModel.open(file)) {
            Map.Entry<String, Settings> size = size(model);
            DeclaredModel declared = DeclaredModel.of(model, size.getValue(), images.channels());
            Settings fitted = declared.settings();
            EncoderFit fit = model.fit(fitted.model(), images.channels(), declared.outputs());
            List<String> remarks = new ArrayList<>(fit.remarks());
            remarks.addAll(declared.remarks());
            ImportedEncoder encoder = ImportedEncoder.of(
                    fitted,
                    images.identity(),
                    model.digest(),
                    fit.learnedPositions(),
                    fit.decoder() && declared.drawable(),
                    file.getFileName().toString());
            boolean copied = !isThere(encoder.stage());
            if (copied) {
                try (StoreLock lock = StoreLock.acquire(output)) {
                    lock.requireHeld();
                    FinishedStage.write(
                            output,
                            encoder.stage(),
                            facts(encoder, model, remarks),
                            CodeVersion.current().code(),
                            directory -> fit.write(directory.resolve(FinishedWeights.FILE)));
                }
            }
            return new Imported(encoder, size.getKey(), remarks, copied);
        }
    }

    private boolean isThere(ImportedStage stage) {
        return FinishedStage.exists(output, stage)
                && Files.exists(output.stage(StageHash.of(stage)).resolve(FinishedWeights.FILE));
    }

    /** The first of the profile's models that is as deep and wide as the file's encoder, by its name. */
    private Map.Entry<String, Settings> size(ForeignModel model) {
        Map<String, Settings> sizes = new LinkedHashMap<>();
        sizes.put("the profile's model", settings);
        sizes.put("ViT-B", sized(settings.sizes().vitB()));
        sizes.put("ViT-L", sized(settings.sizes().vitL()));
        sizes.put("ViT-H", sized(settings.sizes().vitH()));
        return sizes.entrySet().stream()
                .filter(size -> model.isOfSize(size.getValue().model()))
                .findFirst()
                .map(size -> Map.entry(size.getKey(), withMaskTokens(size.getValue(), model)))
                .orElseGet(() -> Map.entry("the profile's model", withMaskTokens(settings, model)));
    }

    private Settings sized(SystemSizes.EncoderSize size) {
        return Overrides.apply(settings, size.allChanges());
    }

    private static Settings withMaskTokens(Settings of, ForeignModel model) {
        return Overrides.apply(of, Map.of("pretrain.encoderMaskTokens", Boolean.toString(model.encoderMaskTokens())));
    }

    private static Map<String, String> facts(ImportedEncoder encoder, ForeignModel model, List<String> remarks) {
        Map<String, String> facts = new TreeMap<>();
        facts.put("imported file", encoder.fileName());
        facts.put("imported tensors", Integer.toString(model.names().size()));
        if (!remarks.isEmpty()) {
            facts.put("import remarks", String.join("; ", remarks));
        }
        return facts;
    }
}
