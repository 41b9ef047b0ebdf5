package io.maeharness.ablations.tables;

import io.maeharness.ablations.stages.CaseStages;
import io.maeharness.ablations.stages.EncoderStages;
import io.maeharness.baselines.beit.BeitRecipe;
import io.maeharness.baselines.dino.DinoRecipe;
import io.maeharness.baselines.mocov3.MocoV3Recipe;
import io.maeharness.core.config.Overrides;
import io.maeharness.core.config.Schedule;
import io.maeharness.core.config.Settings;
import io.maeharness.core.stage.EncoderStage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A method of pre-training that table 3 compares.
 *
 * @param key in the keys of cases
 * @param label as the paper prints it
 * @param section of the profile that holds its recipe
 * @param recipe its schedule in the settings of a case
 * @param stage its pre-training in a case
 * @param row what its row of table 3 changes in a profile
 */
record ComparedMethod(
        String key,
        String label,
        String section,
        Function<Settings, Schedule> recipe,
        Function<CaseStages, EncoderStage> stage,
        Function<Settings, Map<String, String>> row) {
    static final ComparedMethod DINO = new ComparedMethod(
            "dino",
            "DINO",
            "dino",
            settings -> settings.recipe(DinoRecipe.class).schedule(),
            CaseStages::dino,
            profile -> Map.of());

    static final ComparedMethod MOCO_V3 = new ComparedMethod(
            "moco-v3",
            "MoCo v3",
            "mocoV3",
            settings -> settings.recipe(MocoV3Recipe.class).schedule(),
            CaseStages::mocoV3,
            profile -> Map.of());

    static final ComparedMethod BEIT = new ComparedMethod(
            "beit",
            "BEiT",
            "beit",
            settings -> settings.recipe(BeitRecipe.class).schedule(),
            CaseStages::beit,
            profile -> Map.of());

    static final ComparedMethod MAE = new ComparedMethod(
            "mae",
            "MAE",
            "pretrain",
            settings -> settings.pretrain().schedule(),
            CaseStages::pretrain,
            Table3SystemComparison::maeChanges);

    /** In the order of the paper's rows. */
    static final List<ComparedMethod> ALL = List.of(DINO, MOCO_V3, BEIT, MAE);

    /** What is measured of its encoder at the size of ViT-B. */
    EncoderStages encoder(CaseStages stages) {
        return PaperSize.B.measured(stages, stage);
    }

    /** Its schedule in table 3. */
    Schedule schedule(Settings profile) {
        return recipe.apply(Overrides.apply(profile, row.apply(profile)));
    }

    /**
     * Its row of table 3 with further changes; what comes out as in the profile is no change.
     *
     * @param further settings keys and their values
     */
    Map<String, String> changes(Settings profile, Map<String, String> further) {
        Map<String, String> changes = new TreeMap<>(row.apply(profile));
        changes.putAll(further);
        changes.keySet()
                .retainAll(Overrides.differences(profile, Overrides.apply(profile, changes))
                        .keySet());
        return changes;
    }
}
