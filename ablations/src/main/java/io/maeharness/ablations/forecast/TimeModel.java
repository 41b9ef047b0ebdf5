package io.maeharness.ablations.forecast;

import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.Workload;
import java.util.EnumMap;
import java.util.Map;

/**
 * How long a part of a stage takes on cards, from what it asks of them.
 *
 * <p>Kernels run one after another, so that a card's time is that of its products and that of its memory traffic together.
 * Meanwhile the processor starts the next kernels and prepares the next images, which the card fetches as bytes between two
 * kernels; the slowest of the three decides. What the training's own thread computes comes on top, as the card waits for it.
 *
 * @param machine what computes
 * @param assumptions what is taken for granted
 */
public record TimeModel(GpuMachine machine, Assumptions assumptions) {
    /** FLOPs of a multiply-accumulate. */
    private static final double FLOPS_A_MAC = 2;

    /** How often each card sends its share of the gradients: to be summed, and to have the sum. */
    private static final double EXCHANGES = 2;

    /**
     * Seconds of a part by what they are spent on.
     *
     * @param precision of the products
     * @param decoded whether pictures lie in files
     */
    public Map<Bound, Double> seconds(Workload part, Precision precision, boolean decoded) {
        Map<Bound, Double> spent = new EnumMap<>(slowest(part, precision, decoded));
        double words = (FLOPS_A_MAC * part.host().macs() / (assumptions.hostFlops() * machine.cores())
                        + part.host().values() * assumptions.valueSeconds())
                / devices(part);
        if (words > 0) {
            spent.merge(Bound.WORDS, words, Double::sum);
        }
        return spent;
    }

    private Map<Bound, Double> slowest(Workload part, Precision precision, boolean decoded) {
        Map<Bound, Double> card = card(part, precision);
        double launches = part.device().launches() * assumptions.launchSeconds() / devices(part);
        double feed = feed(part.host(), decoded);
        if (total(card) >= Math.max(launches, feed)) {
            return card;
        }
        return launches > feed ? Map.of(Bound.LAUNCHES, launches) : Map.of(Bound.FEED, feed);
    }

    private Map<Bound, Double> card(Workload part, Precision precision) {
        Accelerator card = machine.accelerator();
        double devices = devices(part);
        Map<Bound, Double> spent = new EnumMap<>(Bound.class);
        spent.put(
                Bound.ARITHMETIC,
                FLOPS_A_MAC
                        * (part.device().macs() / card.flops(precision)
                                + part.device().macsInFp32() / card.flops(Precision.FP32))
                        / assumptions.arithmeticShare()
                        / devices);
        spent.put(Bound.MEMORY, part.device().traffic() / (assumptions.memoryShare() * card.bytesASecond()) / devices);
        if (devices > 1) {
            spent.put(
                    Bound.EXCHANGE,
                    EXCHANGES
                            * (devices - 1)
                            / devices
                            * part.exchanged()
                            / (assumptions.memoryShare() * card.linkBytesASecond()));
        }
        return spent;
    }

    /** All cores of the cards that the stage holds prepare its images. */
    private double feed(Workload.Host host, boolean decoded) {
        double ofOneCore = (decoded ? host.pictures() * assumptions.decodeSeconds() : 0)
                + host.pixels() * assumptions.viewSeconds();
        return ofOneCore / ((double) machine.cores() * machine.together());
    }

    /** Cards that share the part, of those that its stage holds. */
    private double devices(Workload part) {
        return Math.min(machine.together(), part.devices());
    }

    /** Their sum. */
    static double total(Map<Bound, Double> spent) {
        return spent.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
