package io.maeharness.core.device;

import java.util.ArrayList;
import java.util.List;

/**
 * One CUDA device.
 *
 * @param index number within the machine, from 0, in the order of the PCI bus
 * @param name e.g. {@code NVIDIA H200}
 * @param computeCapability e.g. 9.0; 0 where the driver does not tell
 * @param uuid e.g. {@code GPU-5d5ba0d6-...}; empty where the driver does not tell
 * @param driver version of the driver, e.g. {@code 570.86.15}; empty where it does not tell
 * @param bytes memory; 0 where the driver does not tell
 */
public record Gpu(int index, String name, double computeCapability, String uuid, String driver, double bytes) {
    /** What {@link #ofQuery} reads; the name comes last, as it may hold commas. */
    static final String FIELDS = "index,compute_cap,uuid,driver_version,memory.total,name";

    private static final double MEBI = 1024 * 1024;
    private static final double NATIVE_BF16 = 8.0;
    private static final int NAME = 5;

    /** A device whose driver tells no more. */
    public Gpu(int index, String name, double computeCapability) {
        this(index, name, computeCapability, "", "", 0);
    }

    /** Whether it multiplies bfloat16 matrices natively. Source: CUDA compute capability 8.0 and later. */
    public boolean nativeBf16() {
        return computeCapability >= NATIVE_BF16;
    }

    /** Reads the lines that {@code nvidia-smi --query-gpu=FIELDS --format=csv,noheader} prints. */
    static List<Gpu> ofQuery(List<String> lines) {
        List<Gpu> found = new ArrayList<>();
        for (String line : lines) {
            String[] fields = line.strip().split("\\s*,\\s*", NAME + 1);
            if (fields.length > NAME && fields[0].matches("\\d+")) {
                found.add(new Gpu(
                        Integer.parseInt(fields[0]),
                        fields[NAME],
                        fields[1].matches("\\d+(\\.\\d+)?") ? Double.parseDouble(fields[1]) : 0,
                        told(fields[2]),
                        told(fields[3]),
                        fields[4].matches("\\d+ MiB") ? MEBI * Long.parseLong(fields[4].replace(" MiB", "")) : 0));
            }
        }
        return List.copyOf(found);
    }

    private static String told(String field) {
        return field.startsWith("[") ? "" : field;
    }
}
