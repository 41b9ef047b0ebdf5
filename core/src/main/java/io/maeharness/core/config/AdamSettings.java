package io.maeharness.core.config;

/**
 * AdamW. Weight decay touches tensors of rank 2 and higher only.
 *
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param weightDecay decoupled weight decay
 * @param emaDecay decay of an exponential moving average of the weights that is evaluated instead of them; 0 for none
 */
public record AdamSettings(double beta1, double beta2, double weightDecay, double emaDecay) {
    /** Checks every field. */
    public AdamSettings {
        Check.within("beta1", beta1, 0, 0.99999);
        Check.within("beta2", beta2, 0, 0.999999);
        Check.within("weightDecay", weightDecay, 0, 10);
        Check.within("emaDecay", emaDecay, 0, 0.9999999);
    }
}
