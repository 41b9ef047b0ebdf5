package io.maeharness.core.masking;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.maeharness.core.error.InvalidSettingException;
import java.math.BigDecimal;

/**
 * Share of the patches that the encoder does not see. Source: paper, section 4.1, figure 5.
 *
 * @param value in (0, 1)
 */
public record MaskRatio(double value) {
    /** Checks the range. */
    public MaskRatio {
        if (!(value > 0 && value < 1)) {
            throw new InvalidSettingException(
                    "maskRatio must lie in (0, 1), got " + value + "; the paper's default is 0.75");
        }
    }

    /** As a profile writes it, which may be a whole number. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static MaskRatio of(Number value) {
        return new MaskRatio(value.doubleValue());
    }

    @Override
    @JsonValue
    public double value() {
        return value;
    }

    /** Patches kept of {@code numPatches}: truncated, as the official implementation does. */
    public int lenKeep(int numPatches) {
        return (int) (numPatches * (1 - value));
    }

    /** The same in percent, with the digits in which the share is written: 55 for 0.55. */
    public double percent() {
        return BigDecimal.valueOf(value).movePointRight(2).doubleValue();
    }

    /** The share as a profile writes it. */
    @Override
    public String toString() {
        return Double.toString(value);
    }
}
