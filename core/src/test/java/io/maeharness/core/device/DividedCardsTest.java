package io.maeharness.core.device;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The lists are in the form of NVIDIA's Multi-Instance GPU User Guide and of the tool's full report. */
class DividedCardsTest {
    private static final List<String> LISTING = List.of(
            "GPU 0: NVIDIA A100-SXM4-40GB (UUID: GPU-aaaa)",
            "GPU 1: NVIDIA A100-SXM4-40GB (UUID: GPU-bbbb)",
            "  MIG 3g.20gb     Device  0: (UUID: MIG-aa232436-d5a6-5e39-b527-16f9b223cc46)",
            "  MIG 1c.2g.10gb  Device  1: (UUID: MIG-3b12da37-7fa2-596c-8655-62dab88f0b64)",
            "GPU 2: NVIDIA A100-SXM4-40GB (UUID: GPU-cccc)",
            "  MIG 7g.40gb     Device  0: (UUID: MIG-3e209540-03e2-5edb-8798-51d4967218c9)");
    private static final List<String> REPORT = List.of(
            "<?xml version=\"1.0\" ?>",
            "<!DOCTYPE nvidia_smi_log SYSTEM \"nvsmi_device_v12.dtd\">",
            "<nvidia_smi_log><gpu id=\"00000000:07:00.0\"><mig_devices>None</mig_devices><uuid>GPU-aaaa</uuid>",
            "<fb_memory_usage><total>40960 MiB</total></fb_memory_usage></gpu>",
            "<gpu id=\"00000000:0B:00.0\"><mig_devices>",
            "<mig_device><index>0</index><gpu_instance_id>3</gpu_instance_id><fb_memory_usage>",
            "  <total>19968 MiB</total><used>13 MiB</used></fb_memory_usage>",
            "<bar1_memory_usage><total>32767 MiB</total></bar1_memory_usage></mig_device>",
            "<mig_device><index>1</index><fb_memory_usage><total>9856 MiB</total></fb_memory_usage></mig_device>",
            "</mig_devices><uuid>GPU-bbbb</uuid><fb_memory_usage><total>40960 MiB</total></fb_memory_usage></gpu>",
            "</nvidia_smi_log>");

    private final Gpu card = new Gpu(1, "NVIDIA A100-SXM4-40GB", 8.0, "GPU-bbbb", "570.86.15", 42949672960.0);

    @Test
    void anInstanceHasItsOwnUuidNameAndMemory() {
        List<Gpu> instances = DividedCards.instances(card, LISTING, DividedCards.memory(REPORT));
        assertEquals(List.of("1.0", "1.1"), instances.stream().map(Gpu::number).toList());
        assertEquals(
                "MIG-3b12da37-7fa2-596c-8655-62dab88f0b64", instances.get(1).uuid());
        assertEquals("NVIDIA A100-SXM4-40GB MIG 1c.2g.10gb", instances.get(1).name());
        assertEquals("NVIDIA A100-SXM4-40GB", instances.get(1).card());
        assertEquals(19968 * 1048576.0, instances.get(0).bytes());
        assertEquals(9856 * 1048576.0, instances.get(1).bytes());
        assertEquals(8.0, instances.get(0).computeCapability());
    }

    @Test
    void theOrderOfTheReportDoesNotMatterAndACutOneTellsNothing() {
        List<String> uuidFirst = List.of(
                "<nvidia_smi_log><gpu><uuid>GPU-bbbb</uuid><fb_memory_usage><total>40960 MiB</total></fb_memory_usage>",
                "<mig_devices><mig_device><fb_memory_usage><total>9856 MiB</total></fb_memory_usage><index>1</index>",
                "</mig_device></mig_devices></gpu></nvidia_smi_log>");
        assertEquals(Map.of("GPU-bbbb/1", 9856 * 1048576.0), DividedCards.memory(uuidFirst));
        assertEquals(Map.of(), DividedCards.memory(uuidFirst.subList(0, 2)));
    }

    @Test
    void memoryThatIsNotToldIsUnknownAndNotThatOfTheCard() {
        assertEquals(0, DividedCards.instances(card, LISTING, Map.of()).get(0).bytes());
    }

    @Test
    void theToolIsAskedForInstancesAndACardWithoutAnyCannotBeUsed() {
        NvidiaSmi answer = NvidiaSmi.of(
                "nvidia-smi",
                List.of(
                        "0, 8.0, GPU-aaaa, 570.86.15, 40960 MiB, Enabled, NVIDIA A100",
                        "1, 8.0, GPU-bbbb, 570.86.15, [Insufficient Permissions], Enabled, NVIDIA A100",
                        "3, 8.0, GPU-dddd, 570.86.15, 40960 MiB, Disabled, NVIDIA A100"),
                question -> question[0].equals("-L") ? LISTING : REPORT);
        assertEquals(
                List.of("1.0", "1.1", "3"),
                answer.gpus().stream().map(Gpu::number).toList());
        assertEquals(19968 * 1048576.0, answer.gpus().get(0).bytes());
        assertEquals(Map.of("gpu:0", "it is divided (MIG) and has no instance"), answer.unusable());
    }
}
