package io.maeharness.core.device;

import io.maeharness.core.discovery.Named;

/** What computes. */
public enum DeviceKind implements Named {
    /** The processor. */
    CPU("cpu"),
    /** A graphics card. */
    GPU("gpu");

    private final String key;

    DeviceKind(String key) {
        this.key = key;
    }

    @Override
    public String key() {
        return key;
    }

    /**
     * The kind of a device.
     *
     * @param device {@code cpu}, {@code gpu} or {@code gpu:N}, or several with {@code +}
     * @throws IllegalArgumentException for any other text
     */
    public static DeviceKind of(String device) {
        return Named.of(DeviceKind.class, "device", device.replaceFirst("[:+].*", ""));
    }
}
