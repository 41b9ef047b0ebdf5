package io.maeharness.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maeharness.results.CellKey;
import io.maeharness.results.difference.CellDifference;
import io.maeharness.results.difference.ProvenanceDifference.Field;
import io.maeharness.results.difference.RunDifference;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Two runs for programs. */
final class DiffJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private DiffJson() {}

    /** The differences as one JSON object, with a line end. */
    static String of(Path before, Path after, RunDifference difference) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("before", before.toString());
        tree.put("after", after.toString());
        tree.put("inBoth", difference.cells().size());
        tree.put("identical", difference.identical());
        tree.put("moved", difference.moved().stream().map(DiffJson::cell).toList());
        tree.put(
                "timedAgain",
                difference.timedAgain().stream().map(DiffJson::cell).toList());
        tree.put("onlyBefore", names(difference.onlyBefore()));
        tree.put("onlyAfter", names(difference.onlyAfter()));
        tree.put("configuration", fields(difference.configuration()));
        tree.put("environment", fields(difference.environment()));
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a comparison must be JSON", e);
        }
    }

    private static Map<String, Object> cell(CellDifference cell) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("cell", cell.cell().toString());
        tree.put("before", cell.before());
        tree.put("after", cell.after());
        tree.put("moved", cell.moved());
        cell.noise().deviation().ifPresent(deviation -> tree.put("residualDeviation", deviation));
        cell.deviations().ifPresent(count -> tree.put("deviations", count));
        if (!cell.noise().reason().isEmpty()) {
            tree.put("reason", cell.noise().reason());
        }
        return tree;
    }

    private static List<Map<String, Object>> fields(Map<Field, Set<CellKey>> fields) {
        return fields.entrySet().stream()
                .map(entry -> field(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Map<String, Object> field(Field field, Set<CellKey> cells) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", field.name());
        tree.put("before", field.before());
        tree.put("after", field.after());
        tree.put("cells", names(cells));
        return tree;
    }

    private static List<String> names(Collection<CellKey> cells) {
        return cells.stream().map(CellKey::toString).toList();
    }
}
