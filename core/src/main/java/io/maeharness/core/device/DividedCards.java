package io.maeharness.core.device;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The instances of cards that are divided (MIG). Each is a device with memory of its own, known to CUDA by its UUID; the
 * card itself computes no more.
 *
 * <p>Source: NVIDIA Multi-Instance GPU User Guide, "CUDA Device Enumeration": a process is given one instance by {@code
 * CUDA_VISIBLE_DEVICES=MIG-UUID}; before driver 570 it sees one at most, and beside it no whole card; and "Application
 * Considerations": instances exchange nothing directly.
 */
final class DividedCards {
    private static final Pattern CARD = Pattern.compile("GPU (\\d+): .*");
    private static final Pattern INSTANCE =
            Pattern.compile("\\s*MIG (\\S+)\\s+Device\\s+(\\d+): \\(UUID: (MIG-[^)]+)\\)");
    private static final Pattern IN_DETAIL = Pattern.compile("<uuid>(GPU-[^<]+)</uuid>|<mig_device>|</mig_device>"
            + "|<index>(\\d+)</index>|<fb_memory_usage>|</fb_memory_usage>|<total>([^<]+)</total>");

    private DividedCards() {}

    /**
     * The instances of a card.
     *
     * @param listing lines of {@code nvidia-smi -L}
     * @param memory of {@link #memory}
     */
    static List<Gpu> instances(Gpu card, List<String> listing, Map<String, Double> memory) {
        List<Gpu> found = new ArrayList<>();
        boolean within = false;
        for (String line : listing) {
            Matcher header = CARD.matcher(line);
            if (header.matches()) {
                within = Integer.parseInt(header.group(1)) == card.index();
            }
            Matcher instance = INSTANCE.matcher(line);
            if (within && instance.matches()) {
                int number = Integer.parseInt(instance.group(2));
                found.add(card.instance(
                        number,
                        instance.group(1),
                        instance.group(3),
                        memory.getOrDefault(key(card.uuid(), number), 0.0)));
            }
        }
        return List.copyOf(found);
    }

    /**
     * Memory of every instance, bytes, by the UUID of its card and its number: the tool tells it in its full report alone.
     *
     * @param report lines of {@code nvidia-smi -q -x}
     */
    static Map<String, Double> memory(List<String> report) {
        Map<String, Double> memory = new LinkedHashMap<>();
        Map<Integer, Double> ofCard = new LinkedHashMap<>();
        boolean instance = false;
        boolean frameBuffer = false;
        int number = -1;
        Matcher part = IN_DETAIL.matcher(String.join("\n", report));
        while (part.find()) {
            String tag = part.group();
            instance = tag.equals("<mig_device>") || (instance && !tag.equals("</mig_device>"));
            frameBuffer = tag.equals("<fb_memory_usage>") || (frameBuffer && !tag.equals("</fb_memory_usage>"));
            if (instance && part.group(2) != null) {
                number = Integer.parseInt(part.group(2));
            } else if (instance && frameBuffer && part.group(3) != null) {
                ofCard.put(number, Gpu.bytes(part.group(3).strip()));
            } else if (part.group(1) != null) { // the card's own comes behind its instances
                ofCard.forEach((key, bytes) -> memory.put(key(part.group(1), key), bytes));
                ofCard.clear();
            }
        }
        return memory;
    }

    private static String key(String uuid, int number) {
        return uuid + "/" + number;
    }
}
