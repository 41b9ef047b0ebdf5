package io.maeharness.core.config;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.type.TypeFactory;
import io.maeharness.core.error.InvalidSettingException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every key of {@link Settings}, read from the records themselves, so that no list of names can go stale. */
final class SettingsKeys {
    private static final List<String> SECTIONS = new ArrayList<>();
    private static final List<SettingsKey> ALL = leaves("", Settings.class);

    private SettingsKeys() {}

    /** All leaves in the order of the records. */
    static List<SettingsKey> all() {
        return ALL;
    }

    /** The leaf at a full path. */
    static Optional<SettingsKey> at(String path) {
        return ALL.stream().filter(k -> k.path().equals(path)).findFirst();
    }

    /** Whether a full path names a record and not a value. */
    static boolean isSection(String path) {
        return SECTIONS.contains(path);
    }

    /**
     * Finds the key that is meant by a full path or by an abbreviation of exactly one.
     *
     * @throws InvalidSettingException for an unknown key, with the nearest known one, or an ambiguous one, with all
     */
    static SettingsKey resolve(String written) {
        return at(written).orElseGet(() -> resolveAbbreviation(written));
    }

    private static SettingsKey resolveAbbreviation(String written) {
        List<SettingsKey> meant =
                ALL.stream().filter(k -> k.abbreviatedBy(written)).toList();
        if (meant.size() == 1) {
            return meant.get(0);
        }
        if (meant.size() > 1) {
            throw new InvalidSettingException("key '" + written + "' is ambiguous; write one of " + paths(meant));
        }
        if (isSection(written)) {
            throw section(written);
        }
        throw unknown(written);
    }

    /** The refusal of an unknown key: names the nearest known one, by its short name where that is unique. */
    static InvalidSettingException unknown(String written) {
        SettingsKey nearest =
                NearestName.of(written, ALL, written.contains(".") ? SettingsKey::path : SettingsKey::name);
        boolean unique =
                ALL.stream().filter(k -> k.name().equals(nearest.name())).count() == 1;
        String shown = unique && !written.contains(".") && !nearest.name().equals(nearest.path())
                ? "'" + nearest.name() + "' (" + nearest.path() + ")"
                : "'" + nearest.path() + "'";
        return new InvalidSettingException("unknown key '" + written + "'; the nearest known is " + shown);
    }

    /** The refusal of a record where a value is expected: names its keys. */
    static InvalidSettingException section(String path) {
        return new InvalidSettingException("key '" + path + "' is a section; set one of "
                + paths(ALL.stream()
                        .filter(k -> k.path().startsWith(path + "."))
                        .toList()));
    }

    private static String paths(List<SettingsKey> keys) {
        return keys.stream().map(SettingsKey::path).collect(Collectors.joining(", "));
    }

    private static List<SettingsKey> section(String path, Class<?> section) {
        SECTIONS.add(path);
        return leaves(path + ".", section);
    }

    private static List<SettingsKey> leaves(String prefix, Class<?> section) {
        List<SettingsKey> found = new ArrayList<>();
        for (RecordComponent component : section.getRecordComponents()) {
            String path = prefix + component.getName();
            if (component.getType().equals(MethodRecipes.class)) {
                MethodRecipes.sections().forEach((name, recipe) -> found.addAll(section(prefix + name, recipe)));
            } else if (component.getType().isRecord()
                    && writtenAs(component.getType()).isEmpty()) {
                found.addAll(section(path, component.getType()));
            } else {
                Type type = writtenAs(component.getType()).orElse(component.getGenericType());
                found.add(new SettingsKey(path, TypeFactory.defaultInstance().constructType(type)));
            }
        }
        return List.copyOf(found);
    }

    /** As what a record of one value stands in a profile: its number. */
    private static Optional<Type> writtenAs(Class<?> type) {
        return Stream.of(type.getDeclaredMethods())
                .filter(method -> type.isRecord() && method.isAnnotationPresent(JsonValue.class))
                .map(Method::getGenericReturnType)
                .findFirst();
    }
}
