package io.maeharness.core.train;

import io.maeharness.core.stage.Stage;
import java.util.Map;

/** Pictures of reconstructions as a kind of stage. */
final class ReconstructionDrawing implements StageMethod<Stage.Reconstruct> {
    @Override
    public Class<Stage.Reconstruct> stage() {
        return Stage.Reconstruct.class;
    }

    @Override
    public StageResult compute(Stage.Reconstruct stage, StageContext context) {
        context.environment().progress().phase("drawing reconstructions");
        double loss = new Reconstruction(stage, context.data(), context.manager())
                .draw(context.weightsOf(stage.encoder()), context.directoryOf(stage));
        return StageResult.of(Map.of("loss", loss));
    }
}
