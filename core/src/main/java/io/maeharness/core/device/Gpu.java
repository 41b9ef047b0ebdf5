package io.maeharness.core.device;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * One CUDA device: a card, or an instance of a card that is divided (MIG).
 *
 * @param index number of the card within the machine, from 0, in the order of the PCI bus
 * @param instance number of the instance on its card, from 0; empty for a whole card
 * @param name e.g. {@code NVIDIA H200}, or {@code NVIDIA H200 MIG 1g.18gb}
 * @param computeCapability e.g. 9.0; 0 where the driver does not tell
 * @param uuid e.g. {@code GPU-5d5ba0d6-...} or {@code MIG-c788539f-...}; empty where the driver does not tell
 * @param driver version of the driver, e.g. {@code 570.86.15}; empty where it does not tell
 * @param bytes memory, of an instance its own; 0 where the driver does not tell
 */
public record Gpu(
        int index,
        OptionalInt instance,
        String name,
        double computeCapability,
        String uuid,
        String driver,
        double bytes) {
    /** What {@link #ofQuery} reads; the name comes last, as it may hold commas. */
    static final String FIELDS = "index,compute_cap,uuid,driver_version,memory.total,mig.mode.current,name";

    private static final double MEBI = 1024 * 1024;
    private static final String INSTANCE = " MIG ";
    private static final double NATIVE_BF16 = 8.0;
    private static final int MEMORY = 4;
    private static final int DIVIDED = 5;
    private static final int NAME = 6;

    /** A whole card. */
    public Gpu(int index, String name, double computeCapability, String uuid, String driver, double bytes) {
        this(index, OptionalInt.empty(), name, computeCapability, uuid, driver, bytes);
    }

    /** A card whose driver tells no more. */
    public Gpu(int index, String name, double computeCapability) {
        this(index, name, computeCapability, "", "", 0);
    }

    /**
     * A card as the driver's tool lists it.
     *
     * @param gpu what it says of it
     * @param divided whether it is divided into instances, which alone compute
     * @param problem why it cannot be used; empty where nothing is said
     */
    record Listed(Gpu gpu, boolean divided, String problem) {}

    /** Its number after {@code gpu:}, {@code 3}, or that of an instance, {@code 3.0}. */
    public String number() {
        return instance.isPresent() ? index + "." + instance.getAsInt() : Integer.toString(index);
    }

    /** Whether it multiplies bfloat16 matrices natively. Source: CUDA compute capability 8.0 and later. */
    public boolean nativeBf16() {
        return computeCapability >= NATIVE_BF16;
    }

    /** The kind of the card. */
    String card() {
        return instance.isPresent() ? name.replaceFirst(INSTANCE + ".*", "") : name;
    }

    /** An instance of this card. */
    Gpu instance(int number, String profile, String instanceUuid, double instanceBytes) {
        return new Gpu(
                index,
                OptionalInt.of(number),
                name + INSTANCE + profile,
                computeCapability,
                instanceUuid,
                driver,
                instanceBytes);
    }

    /** Reads the lines that {@code nvidia-smi --query-gpu=FIELDS --format=csv,noheader} prints. */
    static List<Listed> ofQuery(List<String> lines) {
        List<Listed> found = new ArrayList<>();
        for (String line : lines) {
            String[] fields = line.strip().split("\\s*,\\s*", NAME + 1);
            if (fields.length > NAME && fields[0].matches("\\d+")) {
                Gpu gpu = new Gpu(
                        Integer.parseInt(fields[0]),
                        fields[NAME],
                        fields[1].matches("\\d+(\\.\\d+)?") ? Double.parseDouble(fields[1]) : 0,
                        told(fields[2]),
                        told(fields[3]),
                        bytes(fields[MEMORY]));
                found.add(new Listed(gpu, fields[DIVIDED].equals("Enabled"), problem(fields)));
            }
        }
        return List.copyOf(found);
    }

    /** Reads a number of MiB; 0 for anything else. */
    static double bytes(String field) {
        return field.matches("\\d+ MiB") ? MEBI * Long.parseLong(field.replace(" MiB", "")) : 0;
    }

    /** In place of a value the tool says what is wrong with the card, {@code [GPU is lost]}; {@code [N/A]} is nothing wrong. */
    private static String problem(String... fields) {
        for (String field : fields) {
            if (field.matches("(?i)\\[.*(error|lost|reset).*\\]")) {
                return "nvidia-smi says '" + field.substring(1, field.length() - 1) + "'";
            }
        }
        return "";
    }

    private static String told(String field) {
        return field.startsWith("[") ? "" : field;
    }
}
