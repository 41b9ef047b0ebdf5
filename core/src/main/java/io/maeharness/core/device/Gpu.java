package io.maeharness.core.device;

import java.util.ArrayList;
import java.util.List;

/**
 * One CUDA device.
 *
 * @param index number within the machine, from 0
 * @param name e.g. {@code NVIDIA H200}
 * @param computeCapability e.g. 9.0; 0 where the driver does not tell
 */
public record Gpu(int index, String name, double computeCapability) {
    private static final double NATIVE_BF16 = 8.0;

    /** Whether it multiplies bfloat16 matrices natively. Source: CUDA compute capability 8.0 and later. */
    public boolean nativeBf16() {
        return computeCapability >= NATIVE_BF16;
    }

    /** Reads the lines that {@code nvidia-smi --query-gpu=index,name,compute_cap --format=csv,noheader} prints. */
    static List<Gpu> ofQuery(List<String> lines) {
        List<Gpu> found = new ArrayList<>();
        for (String line : lines) {
            String[] fields = line.split("\\s*,\\s*", -1);
            if (fields.length >= 3 && fields[0].matches("\\d+")) {
                String capability = fields[fields.length - 1].strip();
                found.add(new Gpu(
                        Integer.parseInt(fields[0]),
                        fields[1],
                        capability.matches("\\d+(\\.\\d+)?") ? Double.parseDouble(capability) : 0));
            }
        }
        return List.copyOf(found);
    }
}
