package io.maeharness.core.model;

import io.maeharness.core.device.DeviceKind;
import io.maeharness.core.discovery.Named;

/**
 * How attention is computed: both give the same numbers, but for rounding.
 *
 * <p>The fused kernel is fast on a GPU and slow backwards on a processor. On a GPU the gradient of its queries is summed by
 * atomic additions, one for each block of 128 keys: two of them give the same bits in either order, three need not. So that
 * a stage that is cut and resumed gives the bits of one that is not, longer sequences take the products. Source: the
 * backward kernel of FlashAttention 2, kBlockN = 128 for heads of up to 96 values.
 */
public enum Attention implements Named {
    /** {@code scaled_dot_product_attention}. */
    FUSED("fused"),
    /** Two products with a softmax between them. */
    PRODUCTS("products");

    /** Tokens of a sequence up to which the fused kernel gives the same bits every time. */
    static final int BIT_STABLE_TOKENS = 256;

    /** System property that has every device take one of them, to compare. */
    static final String PROPERTY = "mae.attention";

    private final String key;

    Attention(String key) {
        this.key = key;
    }

    @Override
    public String key() {
        return key;
    }

    /** Whether the user has all devices take one, which a stage's identity does not say and its provenance has to. */
    public static boolean isForced() {
        return System.getProperty(PROPERTY) != null;
    }

    /**
     * The one that a device takes.
     *
     * @param tokens of the longest sequence
     */
    public static Attention of(DeviceKind device, int tokens) {
        String forced = System.getProperty(PROPERTY);
        if (forced != null) {
            return Named.of(Attention.class, PROPERTY, forced);
        }
        return device == DeviceKind.GPU && tokens <= BIT_STABLE_TOKENS ? FUSED : PRODUCTS;
    }
}
