package io.maeharness.ablations.run;

import io.maeharness.ablations.TestProfile;
import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.Planner;
import io.maeharness.ablations.plan.Selection;
import io.maeharness.ablations.tables.CustomTable;
import io.maeharness.ablations.tables.PaperTable;
import io.maeharness.ablations.tables.Row;
import io.maeharness.ablations.tables.Table;
import io.maeharness.ablations.worker.FakeWorkerMain;
import io.maeharness.ablations.worker.OutputDirectory;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs of the fake executor. */
final class Runs {
    private Runs() {}

    static RunSummary run(OutputDirectory output, Plan plan, int workers) {
        return run(output, plan, RunOptions.onCpu(workers), RunListener.SILENT);
    }

    static RunSummary run(OutputDirectory output, Plan plan, RunOptions options, RunListener listener) {
        return new Coordinator(output, FakeWorkerMain.COMMAND, options, listener).run(plan);
    }

    /** A custom case with this mask ratio, then all of table 1c. */
    static Plan withRatio(double maskRatio) {
        PaperTable custom = new CustomTable(Map.of("pretrain.maskRatio", Double.toString(maskRatio)));
        Map<Table, List<Row>> tables = new LinkedHashMap<>();
        for (PaperTable declared : List.of(custom, TestProfile.TABLES.named("table1c"))) {
            Table table = declared.table(TestProfile.settings());
            tables.put(table, table.rows());
        }
        return Planner.plan(TestProfile.request(1), new Selection(tables));
    }

    static List<ResultRow> rows(OutputDirectory output, String table, ResultState state) {
        return output.results().rows().stream()
                .filter(row -> row.table().equals(table) && row.state() == state)
                .toList();
    }
}
