package io.maeharness.reporting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.results.PaperValues;
import io.maeharness.results.ResultRow;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CellCsvTest {
    private static List<ResultRow> rows(String caseKey, double... values) {
        List<ResultRow> rows = new ArrayList<>();
        for (int seed = 0; seed < values.length; seed++) {
            rows.add(ResultRow.measured("table1f", caseKey, "ft", seed, values[seed], caseKey + seed, ""));
        }
        return rows;
    }

    private static List<String> lines(List<ResultRow> reference, List<ResultRow> other) {
        List<ResultRow> all = new ArrayList<>(reference);
        all.addAll(other);
        TableView table = TableView.of(SampleLayouts.table1f(), all, PaperValues.bundled());
        return CellCsv.print(List.of(table)).lines().toList();
    }

    @Test
    void aCellHasItsCountItsDeviationAndTheEndsOfItsInterval() {
        List<String> cell = List.of(lines(rows("random-75", 80, 81), rows("block-50", 70, 71.2))
                .get(2)
                .split(","));
        assertEquals(List.of("table1f", "block-50", "ft", "2", "70.6"), cell.subList(0, 5));
        assertEquals(1.2 / Math.sqrt(2), Double.parseDouble(cell.get(5)), 1e-5);
        double low = Double.parseDouble(cell.get(6));
        double high = Double.parseDouble(cell.get(7));
        assertEquals(70.6, (low + high) / 2, 1e-5);
        assertTrue(low < 70 && high > 71.2, cell.toString());
        assertEquals(-9.9, Double.parseDouble(cell.get(8)), 1e-5);
        assertEquals(-9.9, (Double.parseDouble(cell.get(9)) + Double.parseDouble(cell.get(10))) / 2, 1e-5);
        assertEquals("yes", cell.get(11));
    }

    @Test
    void oneSeedHasItsValueAlone() {
        assertEquals(
                List.of(
                        String.join(",", CellCsv.HEADER),
                        "table1f,random-75,ft,1,80,,,,,,,",
                        "table1f,block-50,ft,1,60,,,,-20,,,"),
                lines(rows("random-75", 80), rows("block-50", 60)));
    }
}
