package io.maeharness.core.device;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisibleGpusTest {
    private static final List<Gpu> FOUR = List.of(gpu(0, "GPU-aa01"), gpu(1, "GPU-aa02"), gpu(2, "GPU-bb"), gpu(3, ""));

    @Test
    void withoutTheVariableAllAreVisible() {
        assertEquals(FOUR, VisibleGpus.of(Optional.empty()).of(FOUR));
    }

    /** Source: CUDA C++ Programming Guide, environment variables: what follows an entry that names none is not visible. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3|3",
                "2,0|2 0",
                " 1 , 2 |1 2",
                "''|''",
                "-1|''",
                "0,-1,2|0",
                "0,9,1|0",
                "GPU-bb|2",
                "GPU-aa02,0|1 0",
                "x|''",
                "1,1|1"
            })
    void itsEntriesChooseAndOrderAsCudaHasIt(String value, String indices) {
        String found = String.join(
                " ",
                VisibleGpus.of(Optional.of(value)).of(FOUR).stream()
                        .map(gpu -> Integer.toString(gpu.index()))
                        .toList());
        assertEquals(indices, found);
    }

    @Test
    void aProcessSeesItsOwnAloneAndCountsInTheOrderOfTheTool() {
        assertEquals(
                Map.of("CUDA_VISIBLE_DEVICES", "3,5", "CUDA_DEVICE_ORDER", "PCI_BUS_ID"),
                VisibleGpus.environment(List.of(3, 5)));
    }

    @Test
    void theToolIsAskedForTheGpuThatThisProcessCallsByAnotherNumber() {
        assertEquals("7", VisibleGpus.of(Optional.of("3,7")).entry(1));
        assertEquals("1", VisibleGpus.of(Optional.empty()).entry(1));
    }

    private static Gpu gpu(int index, String uuid) {
        return new Gpu(index, "any", 9.0, uuid, "570.1", 85e9);
    }
}
