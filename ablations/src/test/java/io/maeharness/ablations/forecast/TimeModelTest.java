package io.maeharness.ablations.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.Workload;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TimeModelTest {
    private static final Accelerator CARD = new Accelerator("card", true, 100, 10, 1000, 80, 50);
    private static final Assumptions ROUND = new Assumptions(0.5, 0.5, 1e-5, 1e-3, 1e-6, 1e9, 1e-9);

    /** 2 s of arithmetic in bf16 and 3 s of traffic. */
    private static final Workload.Device BUSY = new Workload.Device(50e12, 1.5e12, 0);

    private static Map<Bound, Double> seconds(Workload part, int together) {
        return new TimeModel(new GpuMachine(CARD, together, 4, together), ROUND).seconds(part, Precision.BF16, true);
    }

    private static Workload work(Workload.Device device, Workload.Host host) {
        return new Workload(device, host);
    }

    @Test
    void productsAndTrafficFollowOneAnother() {
        assertEquals(Map.of(Bound.ARITHMETIC, 2.0, Bound.MEMORY, 3.0), seconds(work(BUSY, Workload.Host.NONE), 1));
    }

    @Test
    void fp32HasItsOwnRate() {
        double arithmetic = new TimeModel(new GpuMachine(CARD, 1, 4, 1), ROUND)
                .seconds(work(BUSY, Workload.Host.NONE), Precision.FP32, true)
                .get(Bound.ARITHMETIC);
        assertEquals(20, arithmetic, 1e-9);
    }

    @Test
    void productsThatStayInFp32TakeTheTimeOfFp32() {
        Workload.Device words = new Workload.Device(0, 50e12, 0, 0);
        assertEquals(20, seconds(work(words, Workload.Host.NONE), 1).get(Bound.ARITHMETIC), 1e-9);
    }

    @Test
    void theSlowestOfCardLaunchesAndFeedDecides() {
        Map<Bound, Double> launched = seconds(work(new Workload.Device(50e12, 1.5e12, 600_000), Workload.Host.NONE), 1);
        assertEquals(Set.of(Bound.LAUNCHES), launched.keySet());
        assertEquals(6, launched.get(Bound.LAUNCHES), 1e-9);
        assertEquals(Map.of(Bound.FEED, 7.0), seconds(work(BUSY, new Workload.Host(20_000, 8e6, 0, 0)), 1));
    }

    @Test
    void picturesInMemoryAreNotDecoded() {
        Map<Bound, Double> spent = new TimeModel(new GpuMachine(CARD, 1, 4, 1), ROUND)
                .seconds(work(Workload.Device.NONE, new Workload.Host(20_000, 8e6, 0, 0)), Precision.BF16, false);
        assertEquals(Map.of(Bound.FEED, 2.0), spent);
    }

    @Test
    void theCardWaitsForWords() {
        Map<Bound, Double> spent = seconds(work(BUSY, new Workload.Host(0, 0, 2e9, 5e8)), 1);
        assertEquals(1.5, spent.get(Bound.WORDS), 1e-9);
        assertEquals(6.5, TimeModel.total(spent), 1e-9);
    }

    @Test
    void severalCardsShareWhatIsCutIntoShardsAndExchangeGradients() {
        Map<Bound, Double> spent = seconds(new Workload(BUSY, Workload.Host.NONE, 4, 25e9), 4);
        assertEquals(0.5, spent.get(Bound.ARITHMETIC), 1e-9);
        assertEquals(0.75, spent.get(Bound.MEMORY), 1e-9);
        assertEquals(1.5, spent.get(Bound.EXCHANGE), 1e-9); // 2 x 3/4 x 25 GB at 25 GB/s
        assertEquals(2.0, seconds(work(BUSY, Workload.Host.NONE), 4).get(Bound.ARITHMETIC), 1e-9);
    }

    @Test
    void everyCardIsPlausible() {
        Map<String, Accelerator> all = Accelerators.known().all();
        assertTrue(all.keySet().containsAll(Set.of("v100", "a100", "h100", "h200", "l4", "rtx4090")), all.toString());
        all.forEach((name, card) -> {
            assertTrue(card.tensor() > card.fp32(), name);
            assertTrue(card.memory() >= 16 && card.memory() < 300, name);
        });
    }
}
