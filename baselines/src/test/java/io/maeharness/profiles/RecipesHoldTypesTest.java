package io.maeharness.profiles;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maeharness.core.config.MethodRecipe;
import io.maeharness.core.config.Settings;
import io.maeharness.core.discovery.Discovery;
import io.maeharness.core.stage.Stage;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a recipe or a stage can choose from is a type, so that nothing compares its values with texts. */
class RecipesHoldTypesTest {
    private static Set<String> texts(Collection<? extends Class<?>> records) {
        Set<String> texts = new TreeSet<>();
        records.forEach(type -> collect(type, texts));
        return texts;
    }

    private static void collect(Class<?> type, Set<String> texts) {
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.getType().isRecord()) {
                collect(component.getType(), texts);
            } else if (component.getType().equals(String.class)) {
                texts.add(type.getSimpleName() + "." + component.getName());
            }
        }
    }

    @Test
    void noSettingIsATextButTheNameOfAProfileAndItsDescription() {
        Set<Class<?>> sections = new HashSet<>(Discovery.implementations(MethodRecipe.class, "Recipe"));
        sections.add(Settings.class);
        assertEquals(Set.of("Settings.description", "Settings.name"), texts(sections));
    }

    @Test
    void noPartOfAStageIsATextButDigests() {
        List<Class<? extends Stage>> stages = Discovery.implementations(Stage.class, "Stage");
        Set<String> others = texts(stages);
        others.removeIf(text -> text.endsWith(".digest"));
        assertEquals(Set.of(), others);
    }
}
