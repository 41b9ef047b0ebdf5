package io.maeharness.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaperValuesTest {

    private static final String HEADER = "table,case,metric,unit,value,model,note\n";

    @ParameterizedTest
    @CsvSource({
        "figure5, ratio-75, lin, 73.5",
        "figure5, ratio-60, ft, 85.0",
        "table1c, encoder-with-mask-token, flops, 3.3",
        "table2, vit-h-with-mask-token-depth-8, hours, 119.6",
        "table3, mae, vit-h-448, 87.8",
        "figure9, mae-blocks-0.5, ft, 79.1"
    })
    void aValueHasTheDigitsThatThePaperPrints(String table, String caseKey, String metric, String printed) {
        PaperValues.Printed value =
                PaperValues.bundled().find(table, caseKey, metric).orElseThrow();
        assertEquals(printed, value.value().toPlainString());
    }

    @Test
    void aCellThatThePaperLacksIsEmpty() {
        assertEquals(Optional.empty(), PaperValues.bundled().find("table1a", "depth-8", "knn"));
    }

    @Test
    void theDefaultOfEveryAblationIsTheSamePairOfNumbers() {
        var defaults = PaperValues.bundled().all().stream()
                .filter(value -> value.note().equals("default") && value.unit() == Unit.PERCENT)
                .toList();
        assertEquals(14, defaults.size());
        assertTrue(defaults.stream().allMatch(value -> value.value()
                .toPlainString()
                .equals(value.cell().metric().equals("ft") ? "84.9" : "73.5")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "table1a,depth-1,ft,percent,high,ViT-L/16,\n",
                "table1a,depth-1,ft,metres,84.8,ViT-L/16,\n",
                "table1a,depth-1,ft,percent,84.8,ViT-L/16,\ntable1a,depth-1,ft,percent,84.9,ViT-L/16,\n"
            })
    void aDamagedRowIsRefused(String rows) {
        assertThrows(IllegalArgumentException.class, () -> PaperValues.read(new StringReader(HEADER + rows)));
    }
}
