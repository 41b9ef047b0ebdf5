package io.maeharness.workbench.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.PlannedCell;
import io.maeharness.ablations.stages.EarlierDefinition;
import io.maeharness.core.stage.Stage;
import io.maeharness.results.CellKey;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultState;
import io.maeharness.results.ResultStore;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the values of a store that were measured by an earlier definition of the stages that plans have today. */
final class EarlierRows {
    private final Map<Place, Stage> stages = new HashMap<>();

    /** The places and stages of today. */
    EarlierRows(List<Plan> plans) {
        for (Plan plan : plans) {
            var byHash = plan.byHash();
            for (PlannedCell cell : plan.cells()) {
                if (cell instanceof PlannedCell.Measured measured) {
                    Stage stage = byHash.get(measured.stage()).stage();
                    stages.put(new Place(cell.key(), cell.seed()), stage);
                }
            }
        }
    }

    private record Place(CellKey cell, long seed) {
        static Place of(ResultRow row) {
            return new Place(row.cell(), row.seed());
        }
    }

    /** A row, the versions of its definition, and its configuration but for seeds and facts. */
    private record Dated(ResultRow row, List<Integer> versions, JsonNode shape) {}

    /**
     * The rows of the newest earlier definition of each cell, one a seed, where the store has no value of today's.
     *
     * @param present the store's rows of today's definitions
     */
    List<ResultRow> in(ResultStore store, List<ResultRow> present) {
        Set<Place> measured = present.stream()
                .filter(row -> row.state() == ResultState.MEASURED)
                .map(Place::of)
                .collect(Collectors.toSet());
        return store.rows().stream()
                .filter(row -> row.state() == ResultState.MEASURED && !measured.contains(Place.of(row)))
                .flatMap(row -> dated(store, row).stream())
                .collect(Collectors.groupingBy(dated -> dated.row().cell(), TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .flatMap(EarlierRows::newest)
                .toList();
    }

    private Optional<Dated> dated(ResultStore store, ResultRow row) {
        Stage today = stages.get(Place.of(row));
        if (today == null || row.provenance().isEmpty()) {
            return Optional.empty();
        }
        return store.provenance()
                .read(row.provenance())
                .map(record -> record.stage().configuration())
                .flatMap(configuration -> EarlierDefinition.versions(configuration, today)
                        .map(versions -> new Dated(row, versions, shape(configuration))));
    }

    private static JsonNode shape(JsonNode configuration) {
        configuration.findParents("seed").forEach(parent -> ((ObjectNode) parent).remove("seed"));
        return configuration instanceof ObjectNode object ? object.without("facts") : configuration;
    }

    /** Rows of one definition alone: values of two are never put into one mean. */
    private static Stream<ResultRow> newest(List<Dated> ofOneCell) {
        Dated newest = ofOneCell.stream()
                .max(Comparator.<Dated>comparingInt(dated -> dated.versions().stream()
                                .mapToInt(Integer::intValue)
                                .sum())
                        .thenComparing(dated -> dated.versions().toString())
                        .thenComparing(dated -> dated.shape().toString()))
                .orElseThrow();
        Map<Long, ResultRow> bySeed = new TreeMap<>();
        ofOneCell.stream()
                .filter(dated -> dated.versions().equals(newest.versions())
                        && dated.shape().equals(newest.shape()))
                .forEach(dated -> bySeed.putIfAbsent(dated.row().seed(), dated.row()));
        return bySeed.values().stream();
    }
}
