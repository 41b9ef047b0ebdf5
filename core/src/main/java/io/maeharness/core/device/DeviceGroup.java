package io.maeharness.core.device;

import io.maeharness.core.error.InvalidSettingException;
import java.util.List;
import java.util.Set;

/** The devices that {@code --device} has compute a stage together, {@code gpu:0+1}; mostly it is one. */
public final class DeviceGroup {
    private static final String NAMES = "cpu(\\+cpu)*|gpu:\\d{1,4}(\\.\\d{1,2})?(\\+\\d{1,4}(\\.\\d{1,2})?)*";

    private DeviceGroup() {}

    /** Whether a text names one device or several, and not a kind of them. */
    public static boolean isNamedBy(String option) {
        return option.matches(NAMES);
    }

    /**
     * Its members: numbers of GPUs, as in {@code 0} or {@code 1.0}, or {@code cpu} for each share of a processor. Gradients
     * are summed by a binary tree, whose leaves are the members.
     *
     * @param option of which {@link #isNamedBy} is true
     * @throws InvalidSettingException unless it is a power of two of different devices
     */
    public static List<String> members(String option) {
        List<String> members = List.of(option.substring(option.indexOf(':') + 1).split("\\+", -1));
        boolean gpus = option.indexOf(':') >= 0;
        if (Integer.bitCount(members.size()) != 1
                || (gpus && Set.copyOf(members).size() < members.size())) {
            throw new InvalidSettingException("--device " + option
                    + ": a stage is computed on 1, 2, 4, 8 or another power of two of devices, each named once");
        }
        return members;
    }
}
