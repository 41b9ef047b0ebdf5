package io.maeharness.core.discovery;

import com.fasterxml.jackson.annotation.JsonValue;
import io.maeharness.core.error.InvalidSettingException;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.stream.Stream;

/**
 * A value of a closed set that profiles and results know by a name: a constant of an enum, or a record without components
 * that a sealed interface permits.
 */
public interface Named {
    /** The name. */
    @JsonValue
    String key();

    /** Whether a profile may ask for it. */
    default boolean forProfiles() {
        return true;
    }

    /** All values of a set, in the order of their declaration. */
    static <T extends Named> List<T> all(Class<T> type) {
        return type.isEnum()
                ? List.of(type.getEnumConstants())
                : Stream.of(type.getPermittedSubclasses())
                        .map(permitted -> type.cast(instance(permitted)))
                        .toList();
    }

    /** Names of the values that a profile may ask for, in the order of their declaration. */
    static <T extends Named> List<String> keys(Class<T> type) {
        return all(type).stream().filter(Named::forProfiles).map(Named::key).toList();
    }

    /**
     * The value of a name.
     *
     * @param what the set is called in a message
     * @throws InvalidSettingException when there is none; the message lists the known ones
     */
    static <T extends Named> T of(Class<T> type, String what, String key) {
        return all(type).stream()
                .filter(value -> value.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new InvalidSettingException(
                        "unknown " + what + " '" + key + "'; known are " + String.join(", ", keys(type))));
    }

    private static Object instance(Class<?> permitted) {
        try {
            Constructor<?> constructor = permitted.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(permitted + " must be a record without components to have a name", e);
        }
    }
}
