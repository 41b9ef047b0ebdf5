package io.maeharness.baselines;

import io.maeharness.baselines.beit.BeitMethod;
import io.maeharness.baselines.dino.Dino;
import io.maeharness.baselines.exchange.ImportedEncoders;
import io.maeharness.baselines.mocov3.MocoV3;
import io.maeharness.baselines.tokenizer.DiscreteVaeMethod;
import io.maeharness.baselines.tokenizer.SuppliedTokenizerMethod;
import io.maeharness.core.train.StageMethod;
import java.util.List;

/** The methods that MAE is compared with, for the worker that computes their stages. */
public final class BaselineMethods {
    private BaselineMethods() {}

    /** One of each. */
    public static List<StageMethod<?>> all() {
        return List.of(
                new Dino(),
                new MocoV3(),
                new BeitMethod(),
                new DiscreteVaeMethod(),
                new SuppliedTokenizerMethod(),
                new ImportedEncoders());
    }
}
