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
        assertEquals(FOUR, VisibleGpus.of(Optional.empty(), Optional.empty()).of(FOUR));
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
                VisibleGpus.of(Optional.of(value), Optional.empty()).of(FOUR).stream()
                        .map(gpu -> Integer.toString(gpu.index()))
                        .toList());
        assertEquals(indices, found);
    }

    @Test
    void aProcessSeesItsOwnAloneByWhatItIsCalledInEveryOrder() {
        assertEquals(
                Map.of("CUDA_VISIBLE_DEVICES", "GPU-bb,GPU-aa01", "CUDA_DEVICE_ORDER", "PCI_BUS_ID"),
                VisibleGpus.environment(List.of("2", "0"), FOUR));
        assertEquals(
                Map.of("CUDA_VISIBLE_DEVICES", "2,3", "CUDA_DEVICE_ORDER", "PCI_BUS_ID"),
                VisibleGpus.environment(List.of("2", "3"), FOUR));
    }

    /** Source: CUDA C++ Programming Guide: without CUDA_DEVICE_ORDER the fastest card is 0, whatever the bus says. */
    @ParameterizedTest
    @CsvSource({
        "1,,true",
        "1,FASTEST_FIRST,true",
        "1,PCI_BUS_ID,false",
        "GPU-slow,,false",
        "'1,0',,false",
        "-1,,false",
        ",,false"
    })
    void ofCardsThatDifferANumberSaysTooLittle(String value, String order, boolean doubtful) {
        List<Gpu> mixed = List.of(
                new Gpu(0, "NVIDIA T4", 7.5, "GPU-slow", "570.1", 16e9),
                new Gpu(1, "NVIDIA H100", 9.0, "GPU-fast", "570.1", 85e9));
        VisibleGpus visible = VisibleGpus.of(Optional.ofNullable(value), Optional.ofNullable(order));
        assertEquals(doubtful, visible.doubt(mixed).isPresent());
        assertEquals(
                Optional.empty(),
                VisibleGpus.of(Optional.of("1"), Optional.empty()).doubt(FOUR));
    }

    @Test
    void anInstanceIsChosenByItsUuidAndACardStandsForItsInstances() {
        Gpu card = gpu(1, "GPU-cc");
        List<Gpu> all = List.of(
                gpu(0, "GPU-aa"),
                card.instance(0, "1g.10gb", "MIG-x", 1e10),
                card.instance(1, "1g.10gb", "MIG-y", 1e10));
        assertEquals(List.of("1.1"), numbers("MIG-y", all));
        assertEquals(List.of("1.0", "1.1"), numbers("1", all));
        assertEquals(
                Map.of("CUDA_VISIBLE_DEVICES", "MIG-y", "CUDA_DEVICE_ORDER", "PCI_BUS_ID"),
                VisibleGpus.environment(List.of("1.1"), all));
    }

    private static List<String> numbers(String value, List<Gpu> driver) {
        return VisibleGpus.of(Optional.of(value), Optional.empty()).of(driver).stream()
                .map(Gpu::number)
                .toList();
    }

    @Test
    void theToolIsAskedForTheGpuThatThisProcessCallsByAnotherNumber() {
        assertEquals("7", VisibleGpus.of(Optional.of("3,7"), Optional.empty()).entry(1));
        assertEquals("1", VisibleGpus.of(Optional.empty(), Optional.empty()).entry(1));
    }

    private static Gpu gpu(int index, String uuid) {
        return new Gpu(index, "any", 9.0, uuid, "570.1", 85e9);
    }
}
