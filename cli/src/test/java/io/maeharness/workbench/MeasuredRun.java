package io.maeharness.workbench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.PlannedCell;
import io.maeharness.core.config.Overrides;
import io.maeharness.core.config.ProfileLoader;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageHash;
import io.maeharness.results.Host;
import io.maeharness.results.Provenance;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Run directories of the smoke profile as they are after measuring, written without measuring anything. */
public final class MeasuredRun {
    private static final ObjectMapper JSON = new ObjectMapper();

    private MeasuredRun() {}

    /** A session of the smoke profile in fp32 on a processor. */
    public static Session session(Path output, int seeds) {
        return new Session(
                Overrides.apply(ProfileLoader.load("smoke"), Map.of("seeds", Integer.toString(seeds))),
                new Compute(List.of("cpu"), Precision.FP32, 1, true),
                Optional.empty(),
                output);
    }

    /** Gives every measured cell of a table 50 more than its seed, and every stage its provenance with the outcome. */
    public static Plan of(Session session, String table) {
        return of(session, table, "a processor", 50);
    }

    /** The same with other values, of another kind of processor. */
    public static Plan of(Session session, String table, String processor, double value) {
        Plan plan = session.plan(session.selection(List.of(table)));
        ResultStore store = session.output().results();
        plan.stages()
                .forEach(stage -> store.provenance().write(provenance(stage.hash(), stage.stage(), processor, value)));
        store.put(plan.cells().stream()
                .filter(PlannedCell.Measured.class::isInstance)
                .map(cell -> ResultRow.measured(
                        cell.key().table(),
                        cell.key().caseKey(),
                        cell.key().metric(),
                        cell.seed(),
                        value + Math.toIntExact(cell.seed()),
                        cell.stage(),
                        cell.stage()))
                .toList());
        return plan;
    }

    /** The record of a finished stage. */
    public static Provenance provenance(String hash, Stage stage, String processor, double value) {
        try {
            Map<String, Double> metrics = stage.metrics().stream()
                    .collect(Collectors.toMap(metric -> metric, metric -> value + Math.toIntExact(stage.seed())));
            return new Provenance(
                            hash,
                            new Provenance.Stage(
                                    stage.kind(), hash, stage.seed(), JSON.readTree(StageHash.toJson(stage))),
                            new Provenance.Code("0.1.0", "abcdef0", false),
                            new Provenance.Data("bundled", "sha256:00"),
                            new Host("17", "a vendor", "an OS", processor, 2),
                            new Provenance.Engine("0", "PyTorch", "2", "cpu", "fp32"),
                            new Provenance.Cost(Instant.EPOCH, 1, 1, 1))
                    .withOutcome(JSON.valueToTree(Map.of(
                            "metrics",
                            metrics,
                            "imagesSeen",
                            1,
                            "seconds",
                            1,
                            "imagesPerSecond",
                            1,
                            "facts",
                            Map.of())));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
