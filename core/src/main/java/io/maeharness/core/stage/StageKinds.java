package io.maeharness.core.stage;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DatabindContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.jsontype.impl.TypeIdResolverBase;
import io.maeharness.core.discovery.Discovery;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All kinds of stages: the records called {@code ...Stage} that implement {@link Stage}, found on the class path.
 *
 * <p>Gives Jackson the name of a kind and back.
 */
public final class StageKinds extends TypeIdResolverBase {
    private static final Map<String, Class<? extends Stage>> BY_NAME = byName();

    private static Map<String, Class<? extends Stage>> byName() {
        Map<String, Class<? extends Stage>> kinds = new TreeMap<>();
        for (Class<? extends Stage> kind : Discovery.implementations(Stage.class, "Stage")) {
            Class<? extends Stage> other = kinds.put(of(kind).name(), kind);
            if (other != null) {
                throw new IllegalStateException(
                        "two kinds of stages are called " + of(kind).name() + ": " + other + " and " + kind);
            }
        }
        return kinds;
    }

    /** All of them, in the order of their names. */
    public static List<Class<? extends Stage>> all() {
        return List.copyOf(BY_NAME.values());
    }

    /** The version that stages of a kind are computed in today. */
    public static int version(Class<? extends Stage> kind) {
        return of(kind).version();
    }

    static StageKind of(Class<? extends Stage> kind) {
        return Optional.ofNullable(kind.getAnnotation(StageKind.class))
                .orElseThrow(() -> new IllegalStateException(kind + " lacks the annotation StageKind"));
    }

    /**
     * The stage of another version than today's among a stage and those that it starts from: this harness would compute
     * something else under its name. Empty where all are of today.
     */
    public static Optional<Stage> notOfToday(Stage stage) {
        return stage.version() == version(stage.getClass())
                ? stage.parent().flatMap(StageKinds::notOfToday)
                : Optional.of(stage);
    }

    /** What is not of today about such a stage, for a message: {@code finetune of version 1, today's is 2}. */
    public static String described(Stage stage) {
        return stage.kind() + " of version " + stage.version() + ", today's is " + version(stage.getClass());
    }

    @Override
    public String idFromValue(Object value) {
        return of(value.getClass().asSubclass(Stage.class)).name();
    }

    @Override
    public String idFromValueAndType(Object value, Class<?> type) {
        return value == null ? of(type.asSubclass(Stage.class)).name() : idFromValue(value);
    }

    @Override
    public JavaType typeFromId(DatabindContext context, String id) {
        Class<? extends Stage> kind = BY_NAME.get(id);
        return kind == null ? null : context.constructType(kind);
    }

    @Override
    public String getDescForKnownTypeIds() {
        return String.join(", ", BY_NAME.keySet());
    }

    @Override
    public JsonTypeInfo.Id getMechanism() {
        return JsonTypeInfo.Id.CUSTOM;
    }
}
